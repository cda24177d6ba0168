package com.jamsocket.dev;

import com.jamsocket.DoNotImplement;
import com.jamsocket.internal.dev.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The time of a {@link JamsocketDevServer} and of its clients in this JVM, which stands still until a test moves it. It
 * begins at the date of the machine.
 *
 * <p>It is the time of lifecycles, of idle and lifetime limits, keepalives and outages of the server, and of retries,
 * reconnect delays, status checks, silence limits and deadlines of the clients. Real time remains that of sockets
 * (connect and read timeouts), of processes that a {@link Launcher} starts, with their ready timeout and their grace
 * period, and of what the application itself measures.
 *
 * <p>All methods may be called by any thread but those that run callbacks of a client, which would wait for themselves.
 */
public final class VirtualTime {

    private final VirtualClock clock;

    VirtualTime(VirtualClock clock) {
        this.clock = clock;
    }

    /** The date. */
    public Instant now() {
        return clock.now();
    }

    /**
     * Lets so much time pass, from timer to timer: before the first and after each it {@linkplain #settle() settles}.
     * So an hour takes as long as what happens in it.
     *
     * @throws AssertionError if it does not settle
     */
    public void advance(Duration time) {
        if (Objects.requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("time does not go back by " + time);
        }
        clock.advance(time);
    }

    /**
     * Waits until nothing is left to do at this moment: the clients have no request under way, have read all that was
     * sent to them, and run no callback. A stream that the server holds back, as by a fault that stalls, does not
     * count, nor does a thread that waits in a blocking method of a client for time to pass.
     *
     * @throws AssertionError after 5 s of real time, longer on a machine that is starved, saying what is still
     *     running
     * @throws IllegalStateException if it is called by a callback of a client
     */
    public void settle() {
        clock.settle();
    }

    /**
     * Has time pass by itself until this is closed, from timer to timer, whenever a thread waits in a blocking method
     * of a client and nothing else is left to do: for a test of one thread that calls {@code awaitReady}. While no
     * thread waits, time stands still.
     */
    public AutoAdvance autoAdvance() {
        VirtualClock.AutoAdvance moving = clock.autoAdvance();
        return moving::close;
    }

    /** Time that passes by itself. */
    @DoNotImplement
    public interface AutoAdvance extends AutoCloseable {

        /** Has it stand still again. */
        @Override
        void close();
    }

    /** Shows the date. */
    @Override
    public String toString() {
        return "VirtualTime[" + now() + "]";
    }
}
