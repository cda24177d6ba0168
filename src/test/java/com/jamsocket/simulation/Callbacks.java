package com.jamsocket.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** The threads for the application's code, which may be prompt, slow, or blocked for a long time. */
final class Callbacks implements Executor {

    private final SimulatedTime time;
    private final Chance chance;
    private final Executor threads;
    private final boolean slow;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean blocked;

    Callbacks(SimulatedTime time, Chance chance, boolean slow) {
        this.time = time;
        this.chance = chance;
        this.threads = time.threads();
        this.slow = slow;
    }

    /** Blocks all of them from one time to another. */
    void block(Duration from, Duration until) {
        time.at(from, () -> blocked = true);
        time.at(until, () -> {
            blocked = false;
            held.forEach(threads::execute);
            held.clear();
        });
    }

    @Override
    public void execute(Runnable task) {
        if (blocked) {
            held.add(task);
        } else if (slow) {
            time.at(chance.time(Duration.ofMillis(1), Duration.ofSeconds(5)), task);
        } else {
            threads.execute(task);
        }
    }
}
