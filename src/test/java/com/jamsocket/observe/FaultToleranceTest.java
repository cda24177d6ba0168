package com.jamsocket.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.docs.RoomDesk;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What docs/operations.md says of annotations of MicroProfile Fault Tolerance, by the class that it shows. It is run
 * where SmallRye Fault Tolerance is on the class path.
 */
@Tag("fault-tolerance")
class FaultToleranceTest {

    private static final URI FALLBACK = URI.create("/waiting-room");
    private static final int TRIES = 3;

    /** The least that lies between three tries, by the annotation. */
    private static final Duration DELAYS = Duration.ofMillis(100);

    private final JamsocketDevServer server = JamsocketDevServer.start();
    private final Map<String, String> before = new HashMap<>();
    private SeContainer container;

    /** The first call of a JVM loads what all of them take, for which a busy machine may need longer than they may. */
    @BeforeAll
    static void makeTheFirstCall() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = Jamsocket.dev(server.port())) {
            client.connect(ConnectRequest.builder().key("first").build());
        }
    }

    @AfterEach
    void stop() {
        if (container != null) {
            container.close();
        }
        server.close();
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, System.setProperty(name, value));
    }

    /** The settings that the page names, and others of a test. */
    private RoomDesk desk(Map<String, String> others) {
        set("jamsocket.dev", "true");
        set("jamsocket.dev-port", Integer.toString(server.port()));
        set("jamsocket.retry-time", "0");
        set("jamsocket.call-timeout", "PT2S");
        others.forEach(this::set);
        container = SeContainerInitializer.newInstance()
                .addBeanClasses(RoomDesk.class)
                .initialize();
        return container.select(RoomDesk.class).get();
    }

    private static Duration timed(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void everyConnect(Fault fault) {
        server.inject(fault.on(Fault.Endpoint.CONNECT).times(1_000));
    }

    @Test
    void aCallThatSucceedsIsMadeOnce() {
        RoomDesk desk = desk(Map.of());

        assertThat(desk.enter("lobby")).hasScheme("http");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void withoutRetriesOfItsOwnTheClientAsksOnceForEachTry() {
        RoomDesk desk = desk(Map.of());
        everyConnect(Fault.answer(503));

        Duration time = timed(() -> assertThat(desk.enter("lobby")).isEqualTo(FALLBACK));

        assertThat(server.requests()).hasSize(TRIES);
        // Far below the 15 seconds of three tries that retry for five each.
        assertThat(time).isBetween(DELAYS, Duration.ofSeconds(10));
    }

    @Test
    void withThemEachTryRetries() {
        Duration retryTime = Duration.ofMillis(600);
        RoomDesk desk = desk(Map.of("jamsocket.retry-time", retryTime.toString()));
        everyConnect(Fault.answer(503));

        Duration time = timed(() -> assertThat(desk.enter("lobby")).isEqualTo(FALLBACK));

        assertThat(server.requests()).hasSizeGreaterThan(TRIES);
        // The last pause of each try may not fit into its time.
        assertThat(time).isGreaterThan(retryTime);
    }

    @Test
    void triesOfAKeyedConnectStartOneBackend() {
        RoomDesk desk = desk(Map.of());
        server.inject(Fault.reset()
                .on(Fault.Endpoint.CONNECT)
                .at(Fault.Moment.BEFORE_FIRST_EVENT)
                .times(2));

        assertThat(desk.enter("lobby")).hasScheme("http");
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    @Test
    void whatDoesNotPassIsNotTriedAgain() {
        RoomDesk desk = desk(Map.of());
        everyConnect(Fault.answer(401));

        assertThat(desk.enter("lobby")).isEqualTo(FALLBACK);
        assertThat(server.requests()).hasSize(1);
    }

    /** That of the platform would be the end: its exception is none of those that are tried again. */
    @Test
    void theCallTimeoutEndsEachTryBeforeTheTimeoutOfThePlatform() {
        // On a busy machine too the last try has to be answered within it, and the platform's is to be far from over.
        Duration callTimeout = Duration.ofMillis(1200);
        RoomDesk desk = desk(Map.of("jamsocket.call-timeout", callTimeout.toString()));
        server.inject(Fault.stall().on(Fault.Endpoint.CONNECT).times(TRIES - 1));

        Duration time = timed(() -> assertThat(desk.enter("lobby")).hasScheme("http"));

        // Far below the read timeout of 30 seconds.
        assertThat(time).isBetween(callTimeout.multipliedBy(TRIES - 1), Duration.ofSeconds(20));
    }

    @Test
    void anOpenCircuitAsksNobodyAndTheFallbackAnswers() {
        RoomDesk desk = desk(Map.of());
        everyConnect(Fault.reset());
        // Six lost connections.
        assertThat(desk.enter("lobby")).isEqualTo(FALLBACK);
        assertThat(desk.enter("lobby")).isEqualTo(FALLBACK);
        server.clearRequests();

        assertThat(desk.enter("lobby")).isEqualTo(FALLBACK);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void answersDoNotOpenTheCircuit() {
        RoomDesk desk = desk(Map.of());
        everyConnect(Fault.answer(503));
        desk.enter("lobby");
        desk.enter("lobby");
        server.clearRequests();

        desk.enter("lobby");
        assertThat(server.requests()).hasSize(TRIES);
    }

    @Test
    void whatIsWrongWithTheArgumentsIsNotCoveredUp() {
        RoomDesk desk = desk(Map.of());

        assertThatThrownBy(() -> desk.enter("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.requests()).isEmpty();
    }
}
