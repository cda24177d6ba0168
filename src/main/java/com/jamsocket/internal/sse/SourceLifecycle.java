package com.jamsocket.internal.sse;

import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.SerialExecutor;
import com.jamsocket.internal.Stages;
import java.io.EOFException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What follows what in the life of a source.
 *
 * <pre>{@code
 *           open()               admitted              lost: refused, reset, 5xx, end of stream, silence
 *   CREATED -------> ADMITTING ------------> CONNECTED ---------------------------------------> WAITING
 *                        ^                                                                        |
 *                        |                                              delay is over, hurry()    |
 *                        +------------------------------------------------------------------------+
 *
 *   any ---- close(), 204, refused for good, limit reached ----> ENDED
 * }</pre>
 *
 * <p>All moves are made on the serial executor, but for opening and closing, which any thread may do at any time. A
 * move is a compare-and-set of the state; the one that succeeds releases what the state before it held, the one that
 * fails releases what it brought. So a connection or an alarm never outlives its state, and the end is told once.
 */
final class SourceLifecycle implements Connection.Owner {
    private final SourceOptions options;
    private final Consumers consumers;
    private final SerialExecutor serial;
    private final DelayTimer timer;

    // Any thread.
    private final AtomicReference<State> state = new AtomicReference<>(new State.Created());
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Backoff backoff;
    private volatile boolean keepaliveSeen;
    private volatile boolean over;

    // The serial executor only.
    private String lastEventId;
    private Duration serverDelay = Duration.ZERO;

    SourceLifecycle(SourceOptions options, Consumers consumers) {
        this.options = options;
        this.consumers = consumers;
        this.serial = new SerialExecutor(options.executor(), this::close, this::end);
        this.timer = new DelayTimer(options.ticker(), this::close);
        this.backoff = options.backoff();
        this.lastEventId = options.lastEventId();
    }

    boolean isOpen() {
        State current = state.get();
        return !(current instanceof State.Created || current instanceof State.Ended);
    }

    boolean isConnected() {
        return state.get() instanceof State.Connected connected
                && connected.connection().isReceiving();
    }

    boolean keepaliveSeen() {
        return keepaliveSeen;
    }

    boolean isOver() {
        return over;
    }

    void open() {
        State current = state.get();
        if (!(current instanceof State.Created) || !admit(current, false)) {
            throw new IllegalStateException("The event source has been opened or closed before; build another one");
        }
    }

    void progressed() {
        backoff = options.backoff();
    }

    /** Not before what the connection has brought is told: the server may have forgotten it by the next one. */
    void reconnect(Throwable cause) {
        State from = state.get();
        if (from instanceof State.Connected) {
            serial.execute(() -> lost(from, new Outcome.Lost(cause)));
        }
    }

    /** Connects anew, at once and from the beginning, on a server that sends its history to those who do not resume. */
    void replay() {
        State from = state.get();
        if (from instanceof State.Connected) {
            from.release();
        }
        serial.execute(() -> {
            lastEventId = "";
            State now = state.get();
            if (now instanceof State.Waiting || (from instanceof State.Connected && now == from)) {
                admit(now, false);
            }
        });
    }

    /** Ends the delay before a reconnection, for there is reason to think that it is not in vain. */
    void hurry() {
        serial.execute(() -> {
            State now = state.get();
            if (now instanceof State.Waiting waiting && !waiting.imposed()) {
                admit(now, true);
            }
        });
    }

    void afterReceived(Runnable task) {
        serial.execute(task);
    }

    @Override
    public void close() {
        end(null);
    }

    /**
     * Whether the end was told within the time. The callback itself is part of what would be waited for, so it is not.
     */
    boolean awaitEnd(long timeout, TimeUnit unit) {
        try {
            return ended.await(serial.isRunningHere() ? 0 : timeout, unit);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void received(Signal signal) {
        if (signal instanceof ReceivedEvent event) {
            // Closed in the middle of a chunk: the rest of it is not wanted any more.
            if (isOpen()) {
                consumers.event(event);
            }
        } else if (signal instanceof Signal.Retry retry) {
            serverDelay = RetryAfter.heeded(retry.delay());
        } else {
            keepaliveSeen = true;
        }
    }

    @Override
    public void ended(Connection connection, Outcome outcome) {
        State from = state.get();
        if (!(from instanceof State.Connected current) || current.connection() != connection) {
            return;
        }
        if (outcome instanceof Outcome.Lost lost) {
            // No delay of the back-off is longer, so that starting it afresh makes nobody ask more often than that.
            if (connection.stood().compareTo(options.backoff().cap()) > 0) {
                progressed();
            }
            lost(from, lost);
        } else {
            over = outcome instanceof Outcome.Over;
            end(outcome instanceof Outcome.Refused refused ? refused.cause() : null);
        }
    }

    private void lost(State from, Outcome.Lost lost) {
        if (state.get() != from) {
            return;
        }
        if (from instanceof State.Connected current) {
            lastEventId = current.connection().lastEventId();
        }
        Duration asked = Deadline.max(serverDelay, RetryAfter.heeded(lost.retryAfter()));
        Optional<Backoff.Step> next = backoff.next(asked);
        if (next.isPresent()) {
            backoff = next.get().next();
            waitFor(next.get(), !asked.isZero(), from, lost.cause());
        } else {
            end(new ReconnectLimitException(
                    lost.cause() == null ? new EOFException("The server ended the stream") : lost.cause()));
        }
    }

    private void waitFor(Backoff.Step step, boolean imposed, State from, @Nullable Throwable cause) {
        // The alarm's task queues up behind the one that is running now, so it finds the new state.
        State.Waiting waiting =
                new State.Waiting(timer.after(step.delay(), () -> serial.execute(this::reconnect)), imposed);
        if (move(from, waiting)) {
            ReconnectListener listener = options.reconnectListener();
            consumers.call("reconnecting", () -> listener.onReconnecting(step.attempt(), step.delay(), cause));
        }
    }

    private void reconnect() {
        State from = state.get();
        if (from instanceof State.Waiting) {
            admit(from, true);
        }
    }

    /** Has a connection admitted; whoever moves on meanwhile finds the turn given back. */
    private boolean admit(State from, boolean lost) {
        CompletableFuture<Admission.Turn> asked = options.admission().admit(lost);
        State admitting = new State.Admitting(asked);
        boolean moved = move(from, admitting);
        Stages.whenDone(
                asked,
                (turn, failure) -> serial.execute(() -> {
                    if (turn != null) {
                        connect(admitting, turn);
                    } else {
                        lost(admitting, new Outcome.Lost(failure));
                    }
                }));
        return moved;
    }

    private void connect(State from, Admission.Turn turn) {
        Connection next = new Connection(options, serial, timer, lastEventId, turn, this);
        if (move(from, new State.Connected(next))) {
            next.start(keepaliveSeen);
        }
    }

    private boolean move(State from, State to) {
        boolean moved = state.compareAndSet(from, to);
        (moved ? from : to).release();
        return moved;
    }

    private void end(@Nullable Throwable error) {
        State last = state.getAndSet(new State.Ended());
        if (last instanceof State.Ended) {
            return;
        }
        last.release();
        serial.execute(() -> {
            consumers.end(error);
            ended.countDown();
        });
    }
}
