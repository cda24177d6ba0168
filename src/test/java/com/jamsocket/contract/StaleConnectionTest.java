package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.SocketServer;
import com.jamsocket.testkit.StatusRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A kept connection that the server gives up just as the client uses it again, which some servers say with a 408 (RFC
 * 9110, section 15.5.9). No call and no stream fails for that, and no backend is started twice.
 */
@Tag("contract")
class StaleConnectionTest {

    private static final String TIMED_OUT =
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final String BACKEND = "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"scheduled\","
            + "\"token\":\"tok\",\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\","
            + "\"ready_url\":\"\"}";
    private static final int TRIES = 30;
    private static final String END_OF_EVENT = "\n\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

    /** When the server gives up the first connection that has been used. */
    private enum Moment {
        /** Its 408 comes behind the answer, so that whoever uses the connection again finds it there. */
        BEFORE_THE_NEXT_REQUEST,
        /** Its 408 and the request pass each other. */
        WITH_THE_NEXT_REQUEST
    }

    private final AtomicBoolean gaveUp = new AtomicBoolean();
    private final CountDownLatch noticed = new CountDownLatch(1);
    private final AtomicInteger spawned = new AtomicInteger();
    private SocketServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private Jamsocket client(Moment moment) throws IOException {
        server = new SocketServer(connection -> serve(connection, moment));
        return Jamsocket.builder()
                .apiUrl(URI.create("http://127.0.0.1:" + server.address().getPort()))
                .account("a")
                .token("t")
                .service("s")
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatMayBeRepeatedIsSentAgain(Moment moment) throws IOException {
        try (Jamsocket client = client(moment)) {
            client.status("b1");
            untilItGaveUp(() -> client.status("b1"));
        }
        assertThat(gaveUp).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aBackendIsStartedOnce(Moment moment) throws Exception {
        try (Jamsocket client = client(moment)) {
            AtomicInteger connects = new AtomicInteger(1);
            client.connect();
            if (moment == Moment.BEFORE_THE_NEXT_REQUEST) {
                // In the moment before that a request would break, which may have arrived for all that a client knows.
                assertThat(noticed.await(10, TimeUnit.SECONDS)).isTrue();
            }
            untilItGaveUp(() -> {
                connects.incrementAndGet();
                client.connect();
            });
            assertThat(spawned).hasValue(connects.get());
        }
        assertThat(gaveUp).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsAskedForAgain(Moment moment) throws IOException {
        try (Jamsocket client = client(moment)) {
            untilItGaveUp(() -> {
                StatusRecorder heard = new StatusRecorder();
                StreamEnd end = heard.endOf(client.statusStream("b1", heard));
                assertThat(end).isInstanceOf(StreamEnd.Terminated.class);
                assertThat(heard.statuses).containsExactly("terminated");
            });
        }
        assertThat(gaveUp).isTrue();
    }

    /** Once at least: a client opens another connection if the one that served is not back in its pool by then. */
    private void untilItGaveUp(Runnable request) {
        int tries = 0;
        do {
            request.run();
            tries++;
        } while (!gaveUp.get() && tries < TRIES);
    }

    private void serve(Socket connection, Moment moment) throws IOException {
        InputStream in = connection.getInputStream();
        OutputStream out = connection.getOutputStream();
        for (int requests = 0; ; requests++) {
            String request = SocketServer.head(in);
            Matcher length = LENGTH.matcher(request);
            in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            boolean stale = moment == Moment.WITH_THE_NEXT_REQUEST && requests > 0;
            if (stale && gaveUp.compareAndSet(false, true)) {
                out.write(TIMED_OUT.getBytes(ISO_8859_1));
                return;
            }
            boolean early = moment == Moment.BEFORE_THE_NEXT_REQUEST && gaveUp.compareAndSet(false, true);
            out.write((answer(request) + (early ? TIMED_OUT : "")).getBytes(ISO_8859_1));
            if (early) {
                connection.shutdownOutput();
                in.readAllBytes();
                noticed.countDown();
            }
            if (early || request.contains("/stream ")) {
                return;
            }
        }
    }

    private String answer(String request) {
        if (request.contains("/stream ")) {
            return head("text/event-stream", "Connection: close") + "data: " + state("terminated") + END_OF_EVENT;
        }
        String body = state("ready");
        if (request.startsWith("POST ")) {
            spawned.incrementAndGet();
            body = BACKEND;
        }
        return head("application/json", "Content-Length: " + body.length()) + body;
    }

    private static String head(String type, String header) {
        return String.join("\r\n", "HTTP/1.1 200 OK", "Content-Type: " + type, header, "", "");
    }

    private static String state(String status) {
        return "{\"status\":\"" + status + "\",\"time\":\"2024-11-04T20:42:21.123Z\"}";
    }
}
