package com.jamsocket.internal.sse;

import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.SerialExecutor;
import com.jamsocket.internal.Stages;
import java.io.EOFException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows what in the life of a source.
 *
 * <pre>{@code
 *              open()               lost: refused, reset, 5xx, end of stream, silence, reconnect()
 *   CREATED ----------> CONNECTED ------------------------------------------------> WAITING
 *                           ^                                                          |
 *                           | passed                                     delay is over |
 *                           +---------------------- CHECKING <-------------------------+
 *
 *   any ---- close(), 204, refused for good, limit reached, check failed ----> ENDED
 * }</pre>
 *
 * <p>All moves are made on the serial executor, but for opening and closing, which any thread may do at any time. A
 * move is a compare-and-set of the state; the one that succeeds releases what the state before it held, the one that
 * fails releases what it brought. So a connection or an alarm never outlives its state, and the end is told once.
 */
final class Lifecycle implements Connection.Owner {
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

    Lifecycle(SourceOptions options, Consumers consumers) {
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
        Connection first = newConnection(options.lastEventId());
        if (!(current instanceof State.Created) || !move(current, new State.Connected(first))) {
            throw new IllegalStateException("The event source has been opened or closed before; build another one");
        }
        serial.execute(() -> first.start(false));
    }

    void progressed() {
        backoff = options.backoff();
    }

    void reconnect(Throwable cause) {
        State from = state.get();
        if (from instanceof State.Connected) {
            from.release();
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
            if (now instanceof State.Waiting waiting) {
                connect(waiting);
            } else if (from instanceof State.Connected && from.equals(now)) {
                connect(from);
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
        Optional<Backoff.Step> next = backoff.next(Deadline.max(serverDelay, RetryAfter.heeded(lost.retryAfter())));
        if (next.isPresent()) {
            backoff = next.get().next();
            waitFor(next.get(), from, lost.cause());
        } else {
            end(new ReconnectLimitException(
                    lost.cause() == null ? new EOFException("The server ended the stream") : lost.cause()));
        }
    }

    private void waitFor(Backoff.Step step, State from, @Nullable Throwable cause) {
        // The alarm's task queues up behind the one that is running now, so it finds the new state.
        State.Waiting waiting =
                new State.Waiting(timer.after(step.delay(), () -> serial.execute(this::askWhetherToReconnect)));
        if (move(from, waiting)) {
            ReconnectListener listener = options.reconnectListener();
            consumers.call("reconnecting", () -> listener.onReconnecting(step.attempt(), step.delay(), cause));
        }
    }

    private void askWhetherToReconnect() {
        State from = state.get();
        if (!(from instanceof State.Waiting)) {
            return;
        }
        Supplier<? extends CompletionStage<?>> check = options.reconnectCheck();
        if (check == null) {
            connect(from);
            return;
        }
        CompletableFuture<?> asked;
        try {
            asked = check.get().toCompletableFuture();
        } catch (RuntimeException failure) {
            end(failure);
            return;
        }
        State checking = new State.Checking(asked);
        if (move(from, checking)) {
            Stages.whenDone(asked, (passed, failure) -> serial.execute(() -> checked(checking, failure)));
        }
    }

    private void checked(State checking, @Nullable Throwable failure) {
        if (failure == null) {
            connect(checking);
        } else {
            end(failure);
        }
    }

    private void connect(State from) {
        Connection next = newConnection(lastEventId);
        if (move(from, new State.Connected(next))) {
            next.start(keepaliveSeen);
        }
    }

    private Connection newConnection(String resumeAfter) {
        return new Connection(options, serial, timer, resumeAfter, this);
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
