package com.jamsocket.internal;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that is run once at most, by whoever comes first. So it can be given to another and still be taken back when
 * that fails, if it has not begun.
 */
public final class Once implements Runnable {

    private final Runnable task;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Not begun. */
    public Once(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (take()) {
            task.run();
        }
    }

    /** Takes it away from everybody else; false if it has begun or was taken. */
    public boolean take() {
        return taken.compareAndSet(false, true);
    }
}
