package com.jamsocket.internal.dev.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.testkit.Http;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another project's client of server-sent events must understand the server as well as ours does. */
@Timeout(60)
class StrangersClientTest {

    private final JamsocketDevServer server = JamsocketDevServer.builder()
            .lifecycle(Lifecycle.timed(Duration.ofMillis(10)))
            .keepalive(Duration.ofMillis(5))
            .start();
    private final Http http = Http.of(server);
    private final Client client = new JerseyClientBuilder().build();

    @AfterEach
    void close() {
        // The server first: Jersey's event source waits for the next byte when it is closed.
        server.close();
        client.close();
    }

    @Test
    void readsAWholeLifeInTheJamsocketDialect() throws Exception {
        String id = http.spawn();
        List<InboundSseEvent> life = life(id, "v2/backend/" + id + "/status/stream");
        assertThat(statuses(life)).isEqualTo(wholeLife());
    }

    @Test
    void readsAWholeLifeInPlanesDialect() throws Exception {
        String id = http.spawn();
        List<InboundSseEvent> life = life(id, "pub/b/" + id + "/status-stream");
        assertThat(statuses(life)).isEqualTo(wholeLife());
        assertThat(life.stream().map(InboundSseEvent::getId).toList()).isEqualTo(wholeLife());
    }

    private List<InboundSseEvent> life(String id, String path) throws Exception {
        List<InboundSseEvent> events = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        WebTarget target = client.target(server.url()).path(path);
        SseEventSource source = SseEventSource.target(target).build();
        assertThat(source.getClass().getName()).startsWith("org.glassfish.jersey.");
        source.register(event -> {
            if (event.isEmpty()) {
                // Jersey's way to show a comment.
                return;
            }
            events.add(event);
            if (event.readData().contains("\"ready\"")) {
                http.post("/v2/backend/" + id + "/terminate", "{\"hard\":true}");
            } else if (event.readData().contains("\"terminated\"")) {
                ended.countDown();
            }
        });
        source.open();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        return events;
    }

    private static List<String> statuses(List<InboundSseEvent> life) {
        return life.stream()
                .map(event -> Json.readObject(event.readData()).getString("status"))
                .toList();
    }

    private static List<String> wholeLife() {
        return Stream.of("scheduled", "loading", "starting", "waiting", "ready", "hard-terminating", "terminated")
                .toList();
    }
}
