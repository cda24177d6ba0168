package com.jamsocket.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jetbrains.lincheck.Lincheck;

/**
 * Runs what several threads do at the same time again and again: as a stress test that leaves the order of their steps
 * to the machine; or, with {@code -Djamsocket.schedules=1000}, as model checking by Lincheck, which runs it under as
 * many schedules and shows a failure step by step.
 */
public final class Schedules {

    private static final int TIMES = 500;
    private static final int LONGEST_MILLIS = 30_000;
    private static final int SCHEDULES = Integer.getInteger("jamsocket.schedules", 0);

    private Schedules() {}

    /**
     * Runs a block, which starts the threads by {@link #together}. It asserts by JUnit's assertions: those of AssertJ
     * cannot be model checked.
     */
    public static void explore(Runnable block) {
        if (SCHEDULES > 0) {
            Lincheck.runConcurrentTest(SCHEDULES, block);
            return;
        }
        for (int i = 0; i < TIMES; i++) {
            block.run();
        }
    }

    /** Runs actions at the same time, each on a thread of its own, and waits until all have come back. */
    public static void together(Runnable... actions) {
        List<Thread> threads = new ArrayList<>();
        for (Runnable action : actions) {
            threads.add(new Thread(action));
        }
        threads.forEach(Thread::start);
        threads.forEach(Schedules::join);
    }

    private static void join(Thread thread) {
        try {
            if (SCHEDULES > 0) {
                // Lincheck finds out by itself what waits for ever, and does not see through a limited wait.
                thread.join();
                return;
            }
            thread.join(LONGEST_MILLIS);
            if (thread.isAlive()) {
                throw new AssertionError("a thread waits for ever, at " + Arrays.toString(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An executor with a thread for each task. */
    public static final class Threads implements Executor {

        private final Queue<Thread> started = new ConcurrentLinkedQueue<>();

        @Override
        public void execute(Runnable task) {
            Thread thread = new Thread(task);
            started.add(thread);
            thread.start();
        }

        /** Waits until nothing is running, nor anything that it has started. */
        public void settle() {
            for (Thread next = started.poll(); next != null; next = started.poll()) {
                join(next);
            }
        }
    }
}
