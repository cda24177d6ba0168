package com.jamsocket.internal.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.Schedules;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Close, loss, hurry and admission at the same time; what a connection itself does is not seen here. */
class SourceLifecycleRacesTest {

    private static final Client CLIENT = ClientBuilder.newClient();
    private static final Handshake HANDSHAKE = new Handshake(CLIENT.target(URI.create("http://127.0.0.1:1/")));
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Random RANDOM = new Random(1);

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void givesBackTheTurnThatComesAsItIsClosed() {
        Schedules.explore(() -> {
            Scene scene = new Scene();
            CompletableFuture<Admission.Turn> asked = new CompletableFuture<>();
            SourceLifecycle lifecycle = scene.open(asked);
            Schedules.together(
                    () -> {
                        Admission.Turn turn = scene.turn();
                        if (!asked.complete(turn)) {
                            turn.close();
                        }
                    },
                    lifecycle::close);
            scene.expectNothingLeft();
        });
    }

    @Test
    void leavesNoTimerOfALossThatComesAsItIsClosed() {
        Schedules.explore(() -> {
            Scene scene = new Scene();
            SourceLifecycle lifecycle = scene.open(CompletableFuture.completedFuture(scene.turn()));
            scene.threads.settle();
            Schedules.together(() -> lifecycle.reconnect(new IOException("lost")), lifecycle::close);
            scene.expectNothingLeft();
        });
    }

    @Test
    void isClosedForGoodWhileItIsHurriedAndBeginsAnew() {
        Schedules.explore(() -> {
            Scene scene = new Scene();
            SourceLifecycle lifecycle = scene.open(CompletableFuture.completedFuture(scene.turn()));
            scene.threads.settle();
            lifecycle.reconnect(new IOException("lost"));
            scene.threads.settle();
            Schedules.together(
                    () -> {
                        lifecycle.hurry();
                        lifecycle.replay();
                    },
                    lifecycle::close);
            scene.expectNothingLeft();
        });
    }

    private static final class Scene {

        private final Schedules.Threads threads = new Schedules.Threads();
        private final ManualTicker ticker = new ManualTicker(Instant.EPOCH, RANDOM);
        private final List<String> heard = new ArrayList<>();
        private final AtomicInteger turns = new AtomicInteger();

        SourceLifecycle open(CompletableFuture<Admission.Turn> first) {
            Consumers consumers = new Consumers();
            consumers.add(event -> {}, failure -> heard.add("error"), () -> heard.add("complete"));
            List<CompletableFuture<Admission.Turn>> asked = new ArrayList<>(List.of(first));
            SourceLifecycle lifecycle = new SourceLifecycle(
                    new SourceOptions(
                            HANDSHAKE,
                            HTTP,
                            threads,
                            task -> {}, // The handshake never comes to its end.
                            ticker,
                            Backoff.exponential(ticker),
                            Duration.ofSeconds(1),
                            100,
                            "",
                            answer -> null,
                            (attempt, delay, cause) -> {},
                            lost -> {
                                synchronized (asked) {
                                    return asked.isEmpty()
                                            ? CompletableFuture.completedFuture(turn())
                                            : asked.remove(0);
                                }
                            }),
                    consumers);
            lifecycle.open();
            return lifecycle;
        }

        /** A turn that is counted until it is closed. */
        Admission.Turn turn() {
            turns.incrementAndGet();
            return new Admission.Turn() {
                private boolean closed;

                @Override
                public void concluded(@Nullable Throwable failure) {}

                @Override
                public synchronized void close() {
                    if (!closed) {
                        closed = true;
                        turns.decrementAndGet();
                    }
                }
            };
        }

        void expectNothingLeft() {
            threads.settle();
            assertEquals(List.of("complete"), heard);
            assertEquals(0, turns.get());
            assertEquals(0, ticker.waiting());
        }
    }
}
