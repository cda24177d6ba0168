package com.jamsocket.internal.rest;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One browser that watches a backend. It has one send pending at most, on a thread that may be held up by it; while it
 * is pending, nothing else is prepared for it.
 */
final class Browser {

    static final Duration KEEPALIVE = Duration.ofSeconds(15);

    /** How long a send may be pending until the browser is taken for gone. */
    static final Duration SEND_LIMIT = Duration.ofSeconds(60);

    private final SharedStream stream;
    private final Connection connection;
    private final BackendStatus after;
    private final Executor sends;
    private final Executor ends;
    private final Ticker ticker;

    // Guarded by this object.
    /** From the beginning: nothing goes out before what {@link #start} sends. */
    private boolean sending = true;

    private boolean gone;
    private @Nullable Future<?> alarm;

    /** The place in the history. Touched by what is pending only. */
    private int place;

    /**
     * It does not begin before {@link #start}.
     *
     * @param ends what runs the end of the connection, which must not wait for a send
     */
    Browser(
            SharedStream stream,
            Connection connection,
            @Nullable String lastEventId,
            Executor sends,
            Executor ends,
            Ticker ticker) {
        this.stream = stream;
        this.connection = connection;
        this.after = lastEventId == null ? BackendStatus.UNKNOWN : BackendStatus.of(lastEventId);
        this.sends = sends;
        this.ends = ends;
        this.ticker = ticker;
    }

    /**
     * Sends a keepalive, so that the browser knows it is connected, and then what there is. The keepalive goes out on
     * the thread of the request: Quarkus REST sends the head of an answer when the method returns, if nothing has, and
     * two threads that do so at once break the answer. What follows does not hold that thread up.
     */
    void start() {
        Thread request = Thread.currentThread();
        synchronized (this) {
            setAlarm(SEND_LIMIT, this::giveUp);
        }
        run(connection::sendKeepalive, () -> sendMore(Thread.currentThread() == request ? sends : Runnable::run));
    }

    private void keepAlive() {
        begin(connection::sendKeepalive, sends);
    }

    /** There may be something to send. */
    void wake() {
        sendMore(sends);
    }

    private void sendMore(Executor executor) {
        if (stream.isOver() || stream.state(place()) != null) {
            begin(this::sendNext, executor);
        }
    }

    private synchronized int place() {
        return place;
    }

    /** Sends, unless something is pending: whoever ends that looks for more. */
    private void begin(Send send, Executor executor) {
        synchronized (this) {
            if (sending || gone) {
                return;
            }
            sending = true;
            setAlarm(SEND_LIMIT, this::giveUp);
        }
        // More from there, and not from another thread: CXF, which queues what is sent, may pass over what comes just
        // after the end of the send before. Where that is not the thread of that send, a send does not block.
        executor.execute(() -> run(send, () -> sendMore(Runnable::run)));
    }

    private void run(Send send, Runnable then) {
        CompletionStage<?> sent;
        try {
            sent = connection.isClosed() ? null : send.send();
        } catch (Exception e) {
            // It has left. How implementations say so differs, and nobody need know.
            sent = null;
        }
        if (sent == null) {
            // On a thread of its own: CXF's close waits 5 s for the end of the send on whose thread it is called.
            ends.execute(this::leave);
            return;
        }
        Stages.whenDone(sent, (nothing, failure) -> {
            if (failure == null) {
                sent();
                then.run();
            } else {
                ends.execute(this::leave);
            }
        });
    }

    /** Null if there is nothing more. */
    private @Nullable CompletionStage<?> sendNext() {
        boolean isOver = stream.isOver();
        BackendState next = next();
        if (next != null) {
            return connection.send(next);
        }
        return isOver ? null : connection.sendKeepalive();
    }

    private synchronized @Nullable BackendState next() {
        BackendState next = stream.state(place);
        while (next != null && wasSent(next)) {
            place++;
            next = stream.state(place);
        }
        if (next != null) {
            place++;
        }
        return next;
    }

    /** Over an earlier connection. */
    private boolean wasSent(BackendState state) {
        return after != BackendStatus.UNKNOWN
                && state.status() != BackendStatus.UNKNOWN
                && !state.status().isAfter(after);
    }

    private void sent() {
        synchronized (this) {
            sending = false;
            if (!gone) {
                setAlarm(KEEPALIVE, this::keepAlive);
            }
        }
    }

    private void giveUp() {
        ends.execute(this::leave);
    }

    private void leave() {
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            cancelAlarm();
        }
        stream.leave(this);
        connection.close();
    }

    private void setAlarm(Duration delay, Runnable task) {
        cancelAlarm();
        try {
            alarm = ticker.after(delay, task);
        } catch (RejectedExecutionException e) {
            // The client is closed, and the end of the stream is on its way.
            alarm = null;
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    /** Something to send; null for the end. */
    @FunctionalInterface
    private interface Send {
        @Nullable
        CompletionStage<?> send();
    }
}
