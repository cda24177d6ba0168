package com.jamsocket.internal.client;

import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.RestCaller;
import com.jamsocket.internal.sse.AsyncGet;
import com.jamsocket.internal.sse.Backoff;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Dialect;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** The status streams of a client that are open, and what they share. */
final class Streams implements AutoCloseable {

    private final Dialect dialect;
    private final RestCaller rest;
    private final StreamSettings settings;
    private final Threads threads;
    private final StreamHttp http;
    private final StatusProbe probe;
    private final Backoff backoff;
    private final Set<StatusStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Streams(Dialect dialect, RestCaller rest, HttpSettings http, StreamSettings settings, Threads threads) {
        this.dialect = dialect;
        this.rest = rest;
        this.settings = settings;
        this.threads = threads;
        this.http = new StreamHttp(http, threads.io());
        AsyncGet get = new AsyncGet(this.http, threads.callbacks(), threads.timer(), http.readTimeout());
        this.probe = new StatusProbe(dialect, rest, http, get, threads);
        this.backoff = backoff(settings);
    }

    private static Backoff backoff(StreamSettings settings) {
        Backoff backoff = Backoff.exponential(new Random(), System::nanoTime)
                .withInitialDelay(settings.reconnect().initialDelay())
                .withCap(settings.reconnect().maxDelay());
        Integer attempts = settings.reconnect().maxAttempts();
        backoff = attempts == null ? backoff : backoff.withMaxAttempts(attempts);
        return settings.reconnect().maxTime() == null
                ? backoff
                : backoff.withMaxTime(settings.reconnect().maxTime());
    }

    /** Confirms that the backend exists, then follows it. */
    CompletableFuture<StatusSubscription> open(String backendId, StatusListener listener) {
        if (closed) {
            return CompletableFuture.failedFuture(Failures.closedClient());
        }
        return probe.confirm(backendId)
                .thenApply(state -> follow(backendId, listener))
                .toCompletableFuture();
    }

    /** Follows a backend that is known to exist. */
    StatusSubscription follow(String backendId, StatusListener listener) {
        StatusStream stream = new StatusStream(backendId, listener, this);
        open.add(stream);
        stream.open();
        if (closed) {
            // Closing may have looked before this stream was there to be seen.
            stream.close();
        }
        return stream;
    }

    HttpEventSource.Builder source(String backendId) {
        return HttpEventSource.newBuilder(rest.target(dialect.statusStream(backendId)))
                .httpClient(http)
                .timer(threads.timer())
                .backoff(backoff)
                .silenceLimit(settings.silenceLimit());
    }

    Dialect dialect() {
        return dialect;
    }

    StreamSettings settings() {
        return settings;
    }

    Executor callbacks() {
        return threads.callbacks();
    }

    ScheduledExecutorService timer() {
        return threads.timer();
    }

    StatusProbe probe() {
        return probe;
    }

    void ended(StatusStream stream) {
        open.remove(stream);
    }

    @Override
    public void close() {
        closed = true;
        probe.close();
        open.forEach(StatusStream::close);
        http.release();
    }
}
