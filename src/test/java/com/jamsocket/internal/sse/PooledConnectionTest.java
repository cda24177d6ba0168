package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A stream that came to its end has given its connection back to the pool of the HTTP client, maybe before its listener
 * has seen the last event, and before the HTTP client has noticed. From then on the connection is another request's,
 * and closing the source must leave it alone.
 */
@Timeout(60)
class PooledConnectionTest {
    private static final String EVENT = "data:last\n\n";

    @RegisterExtension
    final Sources sources = new Sources();

    private final CountDownLatch lastEvent = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        closed.countDown();
        listener.close();
    }

    @Test
    void closingAfterTheLastByteLeavesTheConnectionToTheNextRequest() throws Exception {
        HttpClient noticesLate = new LateCompletion(sources.httpClient, closed);
        HttpEventSource source =
                sources.of(uri("/stream")).httpClient(noticesLate).build();
        source.register(event -> {
            lastEvent.countDown();
            awaitUninterrupted(closed);
        });
        source.open();
        try (Socket connection = listener.accept()) {
            readHead(connection);
            write(
                    connection,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + EVENT.length()
                            + "\r\n\r\n" + EVENT);
            lastEvent.await();

            CompletableFuture<HttpResponse<String>> next = requestOnThePooledConnection(connection);
            source.close();
            closed.countDown();
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");

            assertThat(next.get(30, TimeUnit.SECONDS).body()).isEqualTo("next");
        }
    }

    /** Asks until a request comes by that connection: it is pooled at about the time of the event, maybe just after. */
    private CompletableFuture<HttpResponse<String>> requestOnThePooledConnection(Socket pooled) throws IOException {
        listener.setSoTimeout(50);
        while (true) {
            CompletableFuture<HttpResponse<String>> answer = sources.httpClient.sendAsync(
                    HttpRequest.newBuilder(uri("/next")).build(), BodyHandlers.ofString());
            if (comesBy(pooled)) {
                readHead(pooled);
                return answer;
            }
            answer.cancel(true);
        }
    }

    /** Waits for a request: whether it comes by this connection, and not by another that is made for it. */
    private boolean comesBy(Socket pooled) throws IOException {
        while (pooled.getInputStream().available() == 0) {
            try (Socket other = listener.accept()) {
                return false;
            } catch (SocketTimeoutException notYet) {
                // Neither: the client takes its time.
            }
        }
        return true;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    private static void readHead(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection is open").isNotNegative();
            head.append((char) next);
        }
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(US_ASCII));
    }

    static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
