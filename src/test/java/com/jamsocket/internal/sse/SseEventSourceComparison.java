package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Has the contract kept by the event source that the Jakarta REST implementation on the class path brings, for
 * docs/sse-comparison.md. It is no test of ours: {@code mvn -B test -Psse-comparison} runs it, the build does not.
 */
@Tag("comparison")
@ExtendWith(ComparisonTable.class)
class SseEventSourceComparison extends SseEventSourceContract {

    private static final List<String> SHARED =
            List.of("HttpClient-", "Keep-Alive-", "Connection evictor", "jersey-client-async-executor");

    private final List<Client> clients = new ArrayList<>();

    /** Only the standard API, and its own names for our limits. */
    @Override
    SseEventSource source(URI uri) {
        Client client = ClientBuilder.newBuilder()
                .connectTimeout(300, TimeUnit.MILLISECONDS)
                .readTimeout(300, TimeUnit.MILLISECONDS)
                .build();
        clients.add(client);
        return new WithoutEmptyEvents(SseEventSource.target(client.target(uri))
                .reconnectingEvery(20, TimeUnit.MILLISECONDS)
                .build());
    }

    @Override
    String bodyOf(Throwable error) {
        Throwable cause = error;
        while (!(cause instanceof WebApplicationException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertThat(cause).isInstanceOf(WebApplicationException.class);
        return ((WebApplicationException) cause).getResponse().readEntity(String.class);
    }

    /** What belongs to the client or to the JVM, and not to one stream. */
    @Override
    boolean isShared(Thread thread) {
        return SHARED.stream().anyMatch(thread.getName()::startsWith);
    }

    @AfterEach
    void closeClients() {
        clients.forEach(Client::close);
    }
}
