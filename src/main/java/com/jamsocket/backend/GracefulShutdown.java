package com.jamsocket.backend;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A graceful shutdown within the grace period: on SIGTERM, which the platform sends that long before it kills, on
 * Ctrl-C and on {@link System#exit}. Steps run one after the other, each within a time of its own, so that one which
 * hangs keeps no other from running. What fails or takes too long is written to standard error.
 *
 * <pre>{@code
 * GracefulShutdown.builder()
 *         .step("tell everybody", Duration.ofSeconds(3), sockets::close)
 *         .step("save", Duration.ofSeconds(20), document::save)
 *         .install();
 * }</pre>
 *
 * <p>It is for programs. On an application server, use what the server has: it ends its applications by itself.
 */
public final class GracefulShutdown {

    private final List<Step> steps;
    private final Ticker ticker;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);

    GracefulShutdown(List<Step> steps, Ticker ticker) {
        this.steps = List.copyOf(steps);
        this.ticker = ticker;
    }

    /** A builder without steps, for the grace period of Plane, 30 seconds. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether the process is ending: time to take nothing new on. */
    public boolean hasBegun() {
        return begun.get();
    }

    /** Runs the steps, once; another call returns when they are over. */
    void run() {
        if (begun.compareAndSet(false, true)) {
            steps.forEach(this::run);
            over.countDown();
        }
        awaitUninterruptibly(over);
    }

    private void run(Step step) {
        CountDownLatch done = new CountDownLatch(1);
        // What is told of a step is told once: an interrupted one fails by that, which nobody needs to know.
        AtomicBoolean told = new AtomicBoolean();
        Thread thread = DaemonThreads.thread("jamsocket-shutdown", () -> {
            try {
                step.action.run();
            } catch (Exception | Error e) {
                if (told.compareAndSet(false, true)) {
                    report(step, "failed: " + e);
                }
            } finally {
                done.countDown();
            }
        });
        Future<?> limit = ticker.after(step.limit, () -> {
            if (done.getCount() > 0 && told.compareAndSet(false, true)) {
                report(step, "was not done within " + step.limit);
                thread.interrupt();
                done.countDown();
            }
        });
        thread.start();
        awaitUninterruptibly(done);
        limit.cancel(false);
    }

    /** The JDK's own logging is closed by another shutdown hook, maybe before this. */
    private static void report(Step step, String what) {
        System.err.println("At shutdown, the step \"" + step.name + "\" " + what);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done at the end. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it. Interrupted when its time is over.
         *
         * @throws Exception is reported, and the next step runs
         */
        void run() throws Exception;
    }

    record Step(String name, Duration limit, Action action) {}

    /** Sets the steps; not safe for use by several threads at once. */
    public static final class Builder {

        private final List<Step> steps = new ArrayList<>();
        private Duration grace = Duration.ofSeconds(30);

        private Builder() {}

        /** How long after SIGTERM the process is killed. Default 30 seconds, which is Plane's. */
        public Builder grace(Duration grace) {
            this.grace = Values.requirePositive(grace, "grace");
            return this;
        }

        /**
         * Adds a step, to run when the ones before it are done.
         *
         * @param name for reports
         * @param limit how long it may take; it is interrupted then, and left to itself
         */
        public Builder step(String name, Duration limit, Action action) {
            steps.add(new Step(
                    Values.requireText(name, "name"),
                    Values.requirePositive(limit, "limit"),
                    Objects.requireNonNull(action, "action")));
            return this;
        }

        /**
         * Has the steps run when the process ends.
         *
         * @throws IllegalArgumentException if they may take longer than the grace period in all
         * @throws IllegalStateException if the process is ending
         */
        public GracefulShutdown install() {
            GracefulShutdown shutdown = build(new SystemTicker("jamsocket-shutdown-timer"));
            Runtime.getRuntime().addShutdownHook(DaemonThreads.thread("jamsocket-shutdown-hook", shutdown::run));
            return shutdown;
        }

        GracefulShutdown build(Ticker ticker) {
            Duration longest = steps.stream().map(Step::limit).reduce(Duration.ZERO, Duration::plus);
            if (longest.compareTo(grace) > 0) {
                throw new IllegalArgumentException(
                        "the steps may take " + longest + ", which is longer than the grace period, " + grace);
            }
            return new GracefulShutdown(steps, ticker);
        }
    }
}
