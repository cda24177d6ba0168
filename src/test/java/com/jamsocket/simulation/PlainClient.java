package com.jamsocket.simulation;

import com.jamsocket.internal.Stages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one writes in an afternoon over {@code java.net.http} alone: it connects again, resumes after the last event,
 * drops what it has told, watches for silence, and tries calls again. It is here to be compared with.
 */
final class PlainClient {

    private static final List<String> ORDER = List.of(
            "scheduled", "loading", "starting", "waiting", "ready", "terminating", "hard-terminating", "terminated");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int TRIES = 3;

    private final HttpClient http;
    private final Timer timer;
    private final URI base;
    private final boolean plane;

    /** Runs something later. */
    interface Timer {
        Future<?> after(Duration delay, Runnable task);
    }

    /** Hears of the statuses of a backend, and of their end: null if it has terminated. */
    interface Listener {
        void onStatus(String status);

        void onEnd(@Nullable Throwable failure);
    }

    PlainClient(HttpClient http, Timer timer, URI base, boolean plane) {
        this.http = http;
        this.timer = timer;
        this.base = base;
        this.plane = plane;
    }

    /** Connects to a backend and gives its id. */
    CompletableFuture<String> connect(String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        base.resolve(plane ? "ctrl/connect" : "v2/service/acme/docs/connect"))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(body))
                .build();
        CompletableFuture<String> result = new CompletableFuture<>();
        call(request, 1, result);
        return result;
    }

    private void call(HttpRequest request, int attempt, CompletableFuture<String> result) {
        var unused = http.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, failure) -> {
            if (failure == null && response.statusCode() == 200) {
                result.complete(response.body());
            } else if (attempt < TRIES && (failure != null || response.statusCode() >= 500)) {
                var retry = timer.after(PAUSE, () -> call(request, attempt + 1, result));
                Stages.cancelWhenDone(result, retry);
            } else {
                result.completeExceptionally(
                        failure != null ? failure : new IOException("HTTP " + response.statusCode()));
            }
        });
    }

    /** Follows a backend until it has terminated. */
    Stream follow(String backendId, Listener listener) {
        Stream stream = new Stream(backendId, listener);
        stream.open();
        return stream;
    }

    /** A stream of statuses over as many connections as it takes. */
    final class Stream implements AutoCloseable {

        private final URI address;
        private final Listener listener;
        private int told = -1;
        private String lastEventId = "";
        private boolean over;
        private int connection;
        private @Nullable Future<?> exchange;
        private @Nullable Future<?> alarm;

        private Stream(String backendId, Listener listener) {
            this.address = base.resolve(
                    plane ? "pub/b/" + backendId + "/status-stream" : "v2/backend/" + backendId + "/status/stream");
            this.listener = listener;
        }

        private synchronized void open() {
            if (over) {
                return;
            }
            int mine = ++connection;
            HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(
                    request.build(),
                    head -> head.statusCode() == 200
                            ? BodySubscribers.fromLineSubscriber(
                                    new Lines(mine), lines -> null, StandardCharsets.UTF_8, null)
                            : BodySubscribers.replacing(null));
            exchange = answer;
            watch(mine);
            var unused = answer.whenComplete((response, failure) -> {
                if (failure == null && response.statusCode() == 404) {
                    end(new IOException("no such backend"));
                } else {
                    again(mine);
                }
            });
        }

        private synchronized void again(int ended) {
            if (!over && ended == connection) {
                connection++;
                stopWatching();
                alarm = timer.after(PAUSE, this::open);
            }
        }

        private synchronized void watch(int mine) {
            stopWatching();
            if (!over && mine == connection) {
                alarm = timer.after(SILENCE, () -> {
                    Future<?> silent = exchange;
                    again(mine);
                    if (silent != null) {
                        silent.cancel(true);
                    }
                });
            }
        }

        private void stopWatching() {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }

        private synchronized void line(int mine, String line) {
            if (over || mine != connection) {
                return;
            }
            watch(mine);
            Matcher status = STATUS.matcher(line);
            if (line.startsWith("id:")) {
                lastEventId = line.substring(3).strip();
            } else if (line.startsWith("data:") && status.find()) {
                tell(status.group(1));
            }
        }

        private void tell(String status) {
            int rank = ORDER.indexOf(status);
            if (rank > told) {
                told = rank;
                listener.onStatus(status);
            }
            if (status.equals("terminated")) {
                end(null);
            }
        }

        private synchronized void end(@Nullable Throwable failure) {
            if (!over) {
                close();
                listener.onEnd(failure);
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            stopWatching();
            if (exchange != null) {
                exchange.cancel(true);
            }
        }

        private final class Lines implements Flow.Subscriber<String> {
            private final int mine;

            Lines(int mine) {
                this.mine = mine;
            }

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                line(mine, line);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        }
    }
}
