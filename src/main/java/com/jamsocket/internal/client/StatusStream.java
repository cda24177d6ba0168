package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Refusal;
import jakarta.ws.rs.sse.InboundSseEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a status stream, above an event source that brings the events: each status once and forward only, and
 * exactly one end.
 *
 * <p>Whoever first says how the stream ends decides it ({@link #end(StreamEnd)}); the event source then tells when the
 * last callback is through, and only then the listener hears of it.
 */
final class StatusStream implements StatusSubscription {

    private static final Logger LOG = System.getLogger("com.jamsocket");

    private final String backendId;
    private final StatusListener listener;
    private final Streams streams;
    private final HttpEventSource source;
    private final Delivered delivered = new Delivered();
    private final Object telling = new Object();

    // Any thread.
    private final AtomicReference<@Nullable StreamEnd> decided = new AtomicReference<>();
    private final CompletableFuture<StreamEnd> end = new CompletableFuture<>();
    private volatile @Nullable Future<?> nextCheck;
    private volatile boolean lagging;

    StatusStream(String backendId, StatusListener listener, Streams streams) {
        this.backendId = backendId;
        this.listener = listener;
        this.streams = streams;
        this.source = streams.source(backendId)
                .executor(this::execute)
                .onReconnecting(this::reconnecting)
                .beforeReconnect(this::confirmBackend)
                .build();
        source.register(this::received, this::failed, this::ended);
    }

    void open() {
        source.open();
        scheduleCheck();
    }

    @Override
    public String backendId() {
        return backendId;
    }

    @Override
    public CompletionStage<StreamEnd> end() {
        // A copy: completing it is nobody else's business.
        return end.minimalCompletionStage();
    }

    @Override
    public void close() {
        end(new StreamEnd.Closed());
    }

    /** The first end counts. */
    private void end(StreamEnd how) {
        if (decided.compareAndSet(null, how)) {
            stopChecks();
            source.close();
        }
    }

    private void execute(Runnable task) {
        try {
            streams.callbacks().execute(task);
        } catch (RejectedExecutionException e) {
            // The container is going down.
            decided.compareAndSet(null, new StreamEnd.Closed());
            throw e;
        }
    }

    private void received(InboundSseEvent event) {
        BackendState state = parse(event.readData());
        if (state != null) {
            deliver(state);
        }
    }

    /** By events on the event source's executor, and seldom by a check: the lock keeps the listener's calls apart. */
    private void deliver(BackendState state) {
        synchronized (telling) {
            if (decided.get() != null || !delivered.add(state)) {
                return;
            }
            source.progressed();
            tell("onState", () -> listener.onState(state));
            if (state instanceof BackendState.Terminated last) {
                end(new StreamEnd.Terminated(last));
            }
        }
    }

    private @Nullable BackendState parse(String data) {
        try {
            return streams.dialect().state(data.getBytes(StandardCharsets.UTF_8));
        } catch (JamsocketProtocolException e) {
            LOG.log(Level.WARNING, "An event of backend {0} is skipped: {1}", backendId, e.getMessage());
            return null;
        }
    }

    private void reconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        synchronized (telling) {
            if (decided.get() == null) {
                tell("onReconnecting", () -> listener.onReconnecting(attempt, delay, cause));
            }
        }
    }

    /**
     * A server that has forgotten an ended backend may keep a stream for it open for ever, so existence is asked of the
     * status. Whatever else is wrong with that call, the stream will find out by itself.
     */
    private CompletionStage<?> confirmBackend() {
        return streams.probe().ask(backendId).handle((state, failure) -> {
            if (Failures.unwrap(failure) instanceof BackendNotFoundException) {
                end(new StreamEnd.Terminated(null));
            }
            return null;
        });
    }

    private void failed(Throwable cause) {
        JamsocketException failure = Failures.ofStream(streams.dialect().statusStream(backendId), cause);
        decided.compareAndSet(null, new StreamEnd.Failed(failure));
    }

    private void ended() {
        stopChecks();
        decided.compareAndSet(null, source.isOver() ? noMore() : new StreamEnd.Closed());
        StreamEnd how = Objects.requireNonNull(decided.get());
        synchronized (telling) {
            tell("onEnd", () -> listener.onEnd(how));
        }
        streams.ended(this);
        end.complete(how);
    }

    /** Nothing that a listener throws may disturb its stream. */
    private void tell(String what, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.log(Level.ERROR, "The listener of backend " + backendId + " failed in " + what, e);
        }
    }

    // --- liveness: on a server without keepalives, silence alone says nothing ---

    private void scheduleCheck() {
        try {
            long nanos = streams.settings().statusCheckInterval().toNanos();
            nextCheck = streams.timer().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
            if (decided.get() != null) {
                stopChecks();
            }
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void stopChecks() {
        Future<?> check = nextCheck;
        if (check != null) {
            check.cancel(false);
        }
    }

    private void check() {
        if (decided.get() != null || source.keepaliveSeen()) {
            // Where there are keepalives, the event source watches for silence by itself.
            return;
        }
        streams.probe().ask(backendId).whenComplete((state, failure) -> {
            if (Failures.unwrap(failure) instanceof BackendNotFoundException) {
                end(new StreamEnd.Terminated(null));
            } else if (state != null) {
                compare(state);
            }
            scheduleCheck();
        });
    }

    /** A stream that lags behind the status is opened again; one that still lags then does not tell what has been. */
    private void compare(BackendState state) {
        if (!delivered.isAhead(state)) {
            lagging = false;
            return;
        }
        if (lagging) {
            deliver(state);
        }
        if (decided.get() == null) {
            lagging = true;
            source.reconnect(new SocketTimeoutException(
                    "the backend is " + state.statusName() + " but its stream has not said so"));
        }
    }

    /** What 204 means: a server that will never say anything about this backend again. */
    private StreamEnd noMore() {
        Call call = streams.dialect().statusStream(backendId);
        return new StreamEnd.Failed(Refusal.of(call, 204, null, new byte[0]));
    }
}
