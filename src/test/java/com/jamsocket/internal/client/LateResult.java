package com.jamsocket.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A result that who waits for it leaves in the moment in which it may be done. */
final class LateResult<T> extends CompletableFuture<T> {

    private final Consumer<LateResult<T>> moment;
    private final boolean interrupted;

    private LateResult(Consumer<LateResult<T>> moment, boolean interrupted) {
        this.moment = moment;
        this.interrupted = interrupted;
    }

    /** What happens in the moment of an interrupt. */
    static <T> LateResult<T> ofInterrupt(Consumer<LateResult<T>> moment) {
        return new LateResult<>(moment, true);
    }

    /** What happens in the moment in which the time is over. */
    static <T> LateResult<T> ofTimeout(Consumer<LateResult<T>> moment) {
        return new LateResult<>(moment, false);
    }

    @Override
    public T get() throws InterruptedException {
        if (!isDone()) {
            leave();
        }
        return join();
    }

    @Override
    public T get(long time, TimeUnit unit) throws InterruptedException, TimeoutException {
        leave();
        throw new TimeoutException();
    }

    private void leave() throws InterruptedException {
        moment.accept(this);
        if (interrupted) {
            throw new InterruptedException();
        }
    }
}
