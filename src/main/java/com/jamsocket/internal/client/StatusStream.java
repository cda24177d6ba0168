package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.sse.Admission;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Refusal;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.sse.InboundSseEvent;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a status stream, above an event source that brings the events: each status once and forward only, none
 * left out that the server still has, and exactly one end.
 *
 * <p>It runs on the client's own threads, and its listener must not block: listeners of applications stand behind a
 * {@link CallbackListener}.
 */
final class StatusStream {

    private static final System.Logger LOG = System.getLogger("com.jamsocket");

    /** How long a stream that lags behind the status may be silent until it is taken for one that has lost states. */
    private static final Duration LAG = Duration.ofSeconds(1);

    /** How long a replay may be silent at first before it is tried again, and later, for a server may be slow. */
    private static final Duration REPLAY = Duration.ofSeconds(2);

    private static final Duration SLOW_REPLAY = Duration.ofSeconds(4);

    /** How long a state waits at most for those before it, which are asked for on one connection after the other. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String backendId;
    private final StatusListener listener;
    private final StreamContext context;
    private final HttpEventSource source;
    private final StatusComparison comparison;
    private final FailureLog unreadable = new FailureLog(LOG, Level.WARNING);
    private final StateDeduplication delivered = new StateDeduplication();

    // Guarded by this, as are the calls of the listener.
    private @Nullable StreamEnd end;
    private @Nullable Gap gap;
    private @Nullable Future<?> lag;
    private @Nullable BackendState last;
    private long deliveredAt;
    private int replays;

    /** Whether the last replay has told anything: not behind a proxy that buffers event streams, for example. */
    private boolean replayed = true;

    /** A state that is ahead of others which are missing, and the time it waits for them. */
    private static final class Gap {
        final BackendState held;
        Duration silence = REPLAY;

        @Nullable
        Future<?> patience;

        @Nullable
        Future<?> retry;

        Gap(BackendState held) {
            this.held = held;
        }
    }

    StatusStream(String backendId, StatusListener listener, HttpEventSource.Builder events, StreamContext context) {
        this.backendId = backendId;
        this.listener = listener;
        this.context = context;
        this.source =
                events.onReconnecting(this::reconnecting).admission(this::admit).build();
        source.register(this::received, this::failed, this::sourceEnded);
        this.comparison = new StatusComparison(
                () -> context.probe().compare(backendId),
                delivered::furthest,
                context.settings().get(Setting.STATUS_CHECK_INTERVAL),
                context.ticker(),
                new Comparison());
    }

    String backendId() {
        return backendId;
    }

    /** Whether its connection stands. */
    boolean isConnected() {
        return source.isConnected();
    }

    void open() {
        source.open();
        comparison.start();
    }

    void close() {
        end(StreamEnd.closed());
    }

    /** Something was done to the backend: its status is worth a look. */
    void hurry() {
        comparison.hurry(LAG);
    }

    /** The server is back: the next attempt need not wait. */
    void reconnectSoon() {
        source.hurry();
    }

    // --- states ---

    private void received(InboundSseEvent event) {
        synchronized (this) {
            replayed = true;
            retryWhenSilent();
        }
        BackendState state = parse(event.readData());
        if (state != null) {
            accept(state);
        }
    }

    private @Nullable BackendState parse(String data) {
        try {
            return context.dialect().state(data);
        } catch (JamsocketProtocolException e) {
            unreadable.logBriefly("event", "JAMSOCKET-206 An event of the backend " + backendId + " is skipped", e);
            // It may have told the end.
            comparison.within(LAG);
            return null;
        }
    }

    private synchronized void accept(BackendState state) {
        if (end != null || !delivered.isNew(state)) {
            return;
        }
        Gap open = gap;
        if (open != null
                && state.status() != BackendStatus.UNKNOWN
                && !open.held.status().isAfter(state.status())) {
            // The replay has come so far; if it has not told the state that waits, nothing else will.
            closeGap(open);
            deliver(open.held);
            if (end != null || !delivered.isNew(state)) {
                return;
            }
        }
        if (gap == null && context.dialect().replaysHistory() && !delivered.isDirectStep(state)) {
            openGap(state);
            return;
        }
        replays = 0;
        deliver(state);
    }

    private void deliver(BackendState state) {
        if (!delivered.add(state)) {
            return;
        }
        last = state;
        deliveredAt = context.ticker().nanoTime();
        source.progressed();
        listener.onState(state);
        if (state instanceof BackendState.Terminated terminated) {
            end(StreamEnd.terminated(terminated));
        } else {
            comparison.moved();
        }
    }

    /** States are missing before this one: a server that replays its history is asked for it, once. */
    private void openGap(BackendState ahead) {
        Gap opened = new Gap(ahead);
        gap = opened;
        // Where replays tell nothing, waiting longer for them would not help.
        opened.patience = after(replayed ? PATIENCE : REPLAY, () -> giveUp(opened));
        replayed = false;
        retryWhenSilent();
        replays++;
        reconnecting(
                replays,
                Duration.ZERO,
                new SocketTimeoutException("the backend is " + ahead.statusName()
                        + " but its stream has not told all that was before; it is opened anew from the beginning"));
        source.replay();
    }

    /** Counts the silence of a replay, from now on: it is asked for once more when that lasts. */
    private synchronized void retryWhenSilent() {
        Gap open = gap;
        if (open != null) {
            cancel(open.retry);
            open.retry = after(open.silence, () -> retry(open));
        }
    }

    private synchronized void retry(Gap open) {
        if (Objects.equals(gap, open)) {
            open.silence = SLOW_REPLAY;
            // Goes on after what the replay has told; without a connection there is none to be given up.
            source.reconnect(new SocketTimeoutException("the stream that was opened anew has told nothing"));
        }
    }

    private void closeGap(Gap filled) {
        gap = null;
        cancel(filled.patience);
        cancel(filled.retry);
    }

    private synchronized void giveUp(Gap opened) {
        if (end == null && Objects.equals(gap, opened)) {
            closeGap(opened);
            deliver(opened.held);
        }
    }

    private static void cancel(@Nullable Future<?> alarm) {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private final class Comparison implements StatusComparison.Result {

        @Override
        public void is(BackendState state) {
            synchronized (StatusStream.this) {
                if (end == null && gap == null && lag == null && delivered.isAhead(state)) {
                    lag = after(LAG, () -> lagged(state));
                }
            }
        }

        @Override
        public void isForgotten() {
            source.afterReceived(StatusStream.this::forgotten);
        }

        @Override
        public void tickerClosed() {
            close();
        }
    }

    /** The stream has had its time to tell a state that the status has told; it has more as long as it tells others. */
    private synchronized void lagged(BackendState state) {
        lag = null;
        if (end != null || gap != null || !delivered.isAhead(state)) {
            return;
        }
        Duration silence = Duration.ofNanos(context.ticker().nanoTime() - deliveredAt);
        if (last != null && silence.compareTo(LAG) < 0) {
            lag = after(LAG.minus(silence), () -> lagged(state));
        } else {
            openGap(state);
        }
    }

    /** Later, and not before what the connection has brought by then is told. */
    private @Nullable Future<?> after(Duration delay, Runnable task) {
        try {
            return context.ticker().after(delay, () -> source.afterReceived(task));
        } catch (RejectedExecutionException e) {
            close();
            return null;
        }
    }

    // --- the connection ---

    private synchronized void reconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        if (end == null) {
            listener.onReconnecting(attempt, delay, cause == null ? null : failureOf(cause));
        }
    }

    private JamsocketException failureOf(Throwable cause) {
        return Failures.ofStream(
                context.dialect(),
                context.dialect().statusStream(backendId),
                cause,
                context.ticker().now());
    }

    /** Has a connection wait for its turn; one that was lost is preceded by a question. */
    private CompletableFuture<Admission.Turn> admit(boolean lost) {
        CompletableFuture<Admission.Turn> entered = context.openings().enter(!lost);
        if (!lost) {
            return entered;
        }
        CompletableFuture<Admission.Turn> admitted = new CompletableFuture<>();
        Stages.whenDone(entered, (turn, failure) -> {
            if (turn == null) {
                admitted.completeExceptionally(Objects.requireNonNull(failure));
            } else {
                askBeforeReconnect(turn, admitted);
            }
        });
        Stages.cancelWhenDone(admitted, entered);
        return admitted;
    }

    /**
     * A server that has forgotten an ended backend may keep a stream for it open for ever, so existence is asked of the
     * status, and an end that it tells is the end. Where there is no connection for the question, there is none for the
     * stream. Whatever else is wrong with that call, the stream will find out by itself.
     */
    private void askBeforeReconnect(Admission.Turn turn, CompletableFuture<Admission.Turn> admitted) {
        CompletableFuture<BackendState> question = context.probe().ask(backendId);
        Stages.whenDone(question, (state, failure) -> {
            turn.concluded(failure);
            if (failure != null && NoAnswer.isBeforeSending(failure)) {
                turn.close();
                admitted.completeExceptionally(failure);
                return;
            }
            if (failure instanceof BackendNotFoundException) {
                forgotten();
            } else if (state != null) {
                new Comparison().is(state);
            }
            retryWhenSilent();
            if (!admitted.complete(turn)) {
                turn.close();
            }
        });
        Stages.cancelWhenDone(admitted, question);
    }

    private synchronized void forgotten() {
        end(StreamEnd.forgotten(last));
    }

    private void failed(Throwable cause) {
        JamsocketException failure = failureOf(cause);
        if (failure instanceof BackendNotFoundException) {
            // It came back without the backend after the question and before the stream.
            forgotten();
        } else {
            end(new StreamEnd.Failed(failure));
        }
    }

    /** Without an end of ours: by 204, after which the server will never say anything again, or with its executors. */
    private void sourceEnded() {
        end(source.isOver() ? noMore() : StreamEnd.closed());
    }

    private StreamEnd noMore() {
        return new StreamEnd.Failed(Refusal.of(
                context.dialect().server(),
                context.dialect().statusStream(backendId),
                new Reply(204, new byte[0]),
                context.ticker().now()));
    }

    /** The first end counts; a state that waits for others is told before it, but not after a close. */
    private void end(StreamEnd how) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            Gap open = gap;
            if (open != null) {
                closeGap(open);
                if (!(how instanceof StreamEnd.Closed)) {
                    deliver(open.held);
                }
                if (end != null) {
                    return;
                }
            }
            end = how;
            comparison.stop();
            cancel(lag);
            listener.onEnd(how);
        }
        source.close();
        unreadable.end();
        context.ended(this);
    }
}
