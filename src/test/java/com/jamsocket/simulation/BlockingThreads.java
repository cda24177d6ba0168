package com.jamsocket.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads for calls that block: what a call waits for is over before it begins. */
final class BlockingThreads extends AbstractExecutorService {

    private final SimulatedTime time;
    private final Chance chance;

    BlockingThreads(SimulatedTime time, Chance chance) {
        this.time = time;
        this.chance = chance;
    }

    @Override
    public void execute(Runnable task) {
        time.at(chance.time(Duration.ofMillis(1), Duration.ofSeconds(3)), task);
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
