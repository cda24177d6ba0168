package com.jamsocket.bench;

import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Opens the status stream of a backend, and calls back at each state. */
interface OpenStream {

    /** So many streams are opened at once, whoever opens them. */
    int AT_ONCE = 256;

    /** Completes with what closes the stream, when it is open. */
    CompletionStage<Runnable> open(String backendId);

    /** By this client. */
    @SuppressWarnings("resource") // lives as long as the JVM of the sample
    static OpenStream client(int port, Runnable told) {
        return of(Jamsocket.builder().dev(port).build(), told);
    }

    /** By a client. */
    static OpenStream of(Jamsocket client, Runnable told) {
        return id -> client.async().statusStream(id, state -> told.run()).thenApply(OpenStream::closing);
    }

    private static Runnable closing(StatusSubscription subscription) {
        return subscription::close;
    }

    /** By the JDK's client: the status, then the lines of the stream, and the JSON of both. */
    static OpenStream bare(int port, Runnable told) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return id -> {
            HttpRequest status = HttpRequest.newBuilder(StubServer.uri(port, StubServer.statusPath(id)))
                    .build();
            HttpRequest stream = HttpRequest.newBuilder(StubServer.uri(port, StubServer.statusPath(id) + "/stream"))
                    .header("Accept", "text/event-stream")
                    .build();
            return client.sendAsync(status, BodyHandlers.ofString()).thenCompose(answer -> {
                Lines lines = new Lines(told, State.read(answer.body()));
                // It is done when the stream is over; what is waited for is its beginning.
                lines.whole = client.sendAsync(stream, BodyHandlers.fromLineSubscriber(lines))
                        .whenComplete((end, failure) -> lines.failed(failure));
                return lines.opened;
            });
        };
    }

    /** What is known of a backend. */
    record State(String status, Instant time) {

        private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());

        static State read(String json) {
            try (JsonReader reader = READERS.createReader(new StringReader(json))) {
                JsonObject object = reader.readObject();
                return new State(object.getString("status"), Instant.parse(object.getString("time")));
            }
        }
    }

    /** The lines of one stream. */
    final class Lines implements Flow.Subscriber<String> {
        final CompletableFuture<Runnable> opened = new CompletableFuture<>();
        private final Runnable told;
        private State last;
        private volatile CompletableFuture<?> whole;

        Lines(Runnable told, State first) {
            this.told = told;
            last = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
            opened.complete(subscription::cancel);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("data:")) {
                last = State.read(line.substring("data:".length()));
                told.run();
            }
        }

        @Override
        public void onError(Throwable failure) {
            failed(failure);
        }

        @Override
        public void onComplete() {
            failed(new IOException("the stream ended with " + last));
        }

        private void failed(Throwable failure) {
            if (failure != null) {
                opened.completeExceptionally(failure);
            }
        }
    }

    /** Streams that are opened together. */
    final class Group implements AutoCloseable {
        private final Semaphore opening = new Semaphore(AT_ONCE);
        private final Queue<Runnable> open = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        /** Opens so many, and waits until all of them are open. */
        static Group open(OpenStream opener, int streams, String prefix) throws InterruptedException {
            Group group = new Group();
            for (int i = 0; i < streams; i++) {
                group.add(opener, prefix + i);
            }
            group.awaitOpen();
            return group;
        }

        private void add(OpenStream opener, String backendId) throws InterruptedException {
            opening.acquire();
            opener.open(backendId).whenComplete((close, failed) -> {
                if (failed == null) {
                    open.add(close);
                } else {
                    failure.compareAndSet(null, failed);
                }
                opening.release();
            });
        }

        private void awaitOpen() throws InterruptedException {
            opening.acquire(AT_ONCE);
            opening.release(AT_ONCE);
            if (failure.get() != null) {
                throw new IllegalStateException("a stream was not opened", failure.get());
            }
        }

        @Override
        public void close() {
            for (Runnable close = open.poll(); close != null; close = open.poll()) {
                close.run();
            }
        }
    }
}
