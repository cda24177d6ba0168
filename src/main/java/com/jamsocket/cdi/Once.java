package com.jamsocket.cdi;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that is run once at most, by whoever comes first. So it can be given to another and still be run by oneself when
 * that fails, whether or not it had begun.
 */
final class Once implements Runnable {

    private final Runnable task;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (begun.compareAndSet(false, true)) {
            task.run();
        }
    }

    boolean hasBegun() {
        return begun.get();
    }
}
