package com.jamsocket.rest;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.testkit.States;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.junit.jupiter.api.Test;

/** A thousand browsers on fifty backends. */
class ManyBrowsersTest {

    private static final int BACKENDS = 50;
    private static final int BROWSERS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a client has at most, and on a machine without time for it. */
    private static final long SEND_THREADS = 256;

    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger terminated = new AtomicInteger();

    @Test
    void aThousandBrowsersOnFiftyBackendsHoldFiftyStreamsAndFewThreads() {
        // Those of other tests end when they have been idle for a while.
        long before = sendThreads();
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .lifecycle(Lifecycle.manual())
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            HttpServer application = GrizzlyHttpServerFactory.createHttpServer(
                    URI.create("http://127.0.0.1:0/"),
                    new ResourceConfig()
                            .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                            .register(new Statuses(jamsocket)));
            try {
                List<String> backends = new ArrayList<>();
                for (int i = 0; i < BACKENDS; i++) {
                    backends.add(jamsocket.connect().backendId());
                }
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                String base =
                        "http://127.0.0.1:" + application.getListener("grizzly").getPort() + "/";
                List<CompletableFuture<?>> browsers = new ArrayList<>();
                for (int i = 0; i < BROWSERS; i++) {
                    URI url = URI.create(base + backends.get(i % BACKENDS) + "/status/stream");
                    browsers.add(client.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.ofLines())
                            .thenAcceptAsync(answer -> answer.body().forEach(this::hear), this::inThread));
                }
                SharedStreams streams = ((SharedStreams.Owner) jamsocket.async()).sharedStreams();
                backends.forEach(id -> server.moveTo(id, States.READY));
                eventually("all are ready", LIMIT, () -> ready.get() == BROWSERS);

                assertThat(streams.size()).isEqualTo(BACKENDS);
                // A stream each, and what asks for the status beside them.
                assertThat(server.connections()).isBetween(BACKENDS, 2 * BACKENDS + 10);
                assertThat(sendThreads() - before).isLessThanOrEqualTo(SEND_THREADS);

                backends.forEach(id -> server.moveTo(id, States.TERMINATED));
                eventually("all have ended", LIMIT, () -> browsers.stream().allMatch(CompletableFuture::isDone));
                assertThat(terminated).hasValue(BROWSERS);
                assertThat(streams.size()).isZero();
            } finally {
                application.shutdownNow();
            }
        }
    }

    private void hear(String line) {
        if (line.startsWith("data:")) {
            (line.contains("terminated") ? terminated : ready).addAndGet(line.contains("scheduled") ? 0 : 1);
        }
    }

    /** Reading a stream by lines blocks. */
    private void inThread(Runnable task) {
        Thread thread = new Thread(null, task, "browser", 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private static long sendThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jamsocket-send"))
                .count();
    }

    @Path("/")
    public static final class Statuses extends StatusResource {
        Statuses(Jamsocket jamsocket) {
            super(jamsocket);
        }

        @Override
        protected boolean mayWatch(String backendId, SecurityContext caller) {
            return true;
        }
    }
}
