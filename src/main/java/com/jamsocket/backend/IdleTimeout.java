package com.jamsocket.backend;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.Values;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An idle timeout: runs an action, such as ending the process, once nobody has used the backend for a time. The
 * platform's own idle limit counts connections; this is for a backend that knows better what use is: a computation that
 * runs, a document that is not saved.
 *
 * <pre>{@code
 * IdleTimeout idle = IdleTimeout.after(Duration.ofMinutes(5), () -> System.exit(0));
 * try (IdleTimeout.Use use = idle.use()) {
 *     compute();
 * }
 * }</pre>
 *
 * <p>The time begins when it is made, and again whenever the last use ends. Safe for use by many threads.
 */
public final class IdleTimeout implements AutoCloseable {

    private final Duration limit;
    private final Runnable action;
    private final Ticker ticker;

    private int uses;
    private boolean over;
    private long period;
    private @Nullable Future<?> timer;

    IdleTimeout(Duration limit, Runnable action, Ticker ticker) {
        this.limit = Values.requirePositive(limit, "limit");
        this.action = Objects.requireNonNull(action, "action");
        this.ticker = ticker;
        begin();
    }

    /**
     * An idle timeout that runs the action after so much time without use, once, on a thread of its own.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public static IdleTimeout after(Duration limit, Runnable action) {
        return new IdleTimeout(limit, action, new SystemTicker("jamsocket-idle"));
    }

    /** Begins a use: a request, a socket, a computation. It lasts until it is closed. */
    public synchronized Use use() {
        uses++;
        stop();
        return new Use();
    }

    /** Cancels it. */
    @Override
    public synchronized void close() {
        over = true;
        stop();
    }

    private synchronized void begin() {
        if (!over) {
            long begun = ++period;
            timer = ticker.after(limit, () -> act(begun));
        }
    }

    private void stop() {
        period++;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** A timer that was about to run when its period ended must not. */
    private synchronized void act(long begun) {
        if (begun == period) {
            close();
            DaemonThreads.thread("jamsocket-idle-action", action).start();
        }
    }

    private synchronized void ended() {
        uses--;
        if (uses == 0) {
            begin();
        }
    }

    /** A use that lasts until it is closed. */
    public final class Use implements AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        private Use() {}

        /** Ends the use. Further calls change nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                ended();
            }
        }
    }
}
