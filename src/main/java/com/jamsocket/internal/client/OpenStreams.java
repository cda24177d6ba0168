package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.sse.Backoff;
import com.jamsocket.internal.sse.HandshakeException;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The status streams of a client that are open. */
final class OpenStreams implements AutoCloseable {

    /** How long credentials that were read again count as new. */
    private static final Duration RENEWED = Duration.ofMinutes(1);

    private final Dialect dialect;
    private final Transport transport;
    private final ClientSettings settings;
    private final Threads threads;
    private final CallWatch watch;
    private final StreamContext context;
    private final Backoff backoff;
    private final Set<StatusStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenStreams(
            Dialect dialect,
            Transport transport,
            ClientSettings settings,
            StatusProbe probe,
            Openings openings,
            Threads threads,
            CallWatch watch) {
        this.dialect = dialect;
        this.transport = transport;
        this.settings = settings;
        this.threads = threads;
        this.watch = watch;
        this.context = new StreamContext(dialect, settings, probe, openings, threads.ticker(), open::remove);
        this.backoff = settings.backoff(threads.ticker());
    }

    /** Follows a backend as soon as it is confirmed to exist. */
    CompletableFuture<StatusStream> open(
            String backendId, StatusListener listener, CompletableFuture<BackendState> confirmed) {
        CompletableFuture<StatusStream> opened = new CompletableFuture<>();
        UnaryOperator<Runnable> alongside = alongside();
        Stages.whenDone(confirmed, (state, failure) -> {
            if (failure == null) {
                StatusStream stream = follow(backendId, listener, alongside);
                if (!opened.complete(stream)) {
                    // Given up meanwhile: nobody else could close it.
                    stream.close();
                }
            } else {
                opened.completeExceptionally(Objects.requireNonNull(failure));
            }
        });
        Stages.cancelWhenDone(opened, confirmed);
        return opened;
    }

    /** What goes along from the present thread with the requests of a stream. */
    UnaryOperator<Runnable> alongside() {
        return watch.hooks().context();
    }

    /** Follows a backend that is known to exist, for a caller from whose thread something goes along. */
    StatusStream follow(String backendId, StatusListener listener, UnaryOperator<Runnable> alongside) {
        StatusStream stream = new StatusStream(
                backendId,
                new WatchedListener(backendId, listener, watch, threads.ticker()),
                source(backendId, alongside),
                context);
        open.add(stream);
        stream.open();
        if (closed) {
            // Closing may have looked before this stream was there to be seen.
            stream.close();
        }
        return stream;
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** How many of them have a connection that stands. */
    int connected() {
        return (int) open.stream().filter(StatusStream::isConnected).count();
    }

    /** Has the streams of a backend look at its status soon. */
    void hurry(String backendId) {
        open.stream().filter(stream -> stream.backendId().equals(backendId)).forEach(StatusStream::hurry);
    }

    /** Has those that wait for the server try again soon: it is back. */
    void reconnectSoon() {
        open.forEach(StatusStream::reconnectSoon);
    }

    private HttpEventSource.Builder source(String backendId, UnaryOperator<Runnable> alongside) {
        Call call = dialect.statusStream(backendId);
        Executor filters = threads.filters(transport);
        AtomicReference<@Nullable Long> renewed = new AtomicReference<>();
        return HttpEventSource.newBuilder(transport.target(call))
                .httpClient(transport.streams())
                .executor(threads.progress())
                .filterExecutor(task -> filters.execute(alongside.apply(task)))
                .ticker(threads.ticker())
                .backoff(backoff)
                .retryPolicy(answer -> mayBeLetIn(answer, renewed) ? Duration.ZERO : retryAfter(call, answer))
                .silenceLimit(settings.get(Setting.SILENCE_LIMIT));
    }

    /**
     * Whether credentials that are read again may help: those of a stream may have been replaced since it was opened.
     * Not if those which were read just now are refused too.
     */
    private boolean mayBeLetIn(HandshakeException answer, AtomicReference<@Nullable Long> renewed) {
        if (answer.statusCode() != HttpStatus.UNAUTHORIZED) {
            return false;
        }
        long now = threads.ticker().nanoTime();
        Long before = renewed.getAndSet(now);
        return (before == null || now - before > RENEWED.toNanos())
                && transport.renewCredentials(transport.credentials());
    }

    /** What an answer means is decided where that of a call is. */
    private @Nullable Duration retryAfter(Call call, HandshakeException answer) {
        var failure =
                Failures.ofHandshake(dialect, call, answer, threads.ticker().now());
        if (!failure.isRetryable()) {
            return null;
        }
        Duration asked = failure instanceof com.jamsocket.JamsocketApiException refusal ? refusal.retryAfter() : null;
        return Objects.requireNonNullElse(asked, Duration.ZERO);
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(StatusStream::close);
    }
}
