package com.jamsocket.internal.client;

import com.jamsocket.ClientDiagnostics;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.observe.FlightRecording;
import com.jamsocket.internal.wire.Call;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Observes the calls of a client: tells hooks and the Flight Recorder, and keeps what diagnostics show. */
final class CallWatch {

    private final Hooks hooks;
    private final Ticker ticker;
    private final AtomicInteger active = new AtomicInteger();
    private volatile ClientDiagnostics.@Nullable Failure lastFailure;

    CallWatch(Hooks hooks, Ticker ticker) {
        this.hooks = hooks;
        this.ticker = ticker;
    }

    Hooks hooks() {
        return hooks;
    }

    /** How many calls have begun and not ended. */
    int active() {
        return active.get();
    }

    ClientDiagnostics.@Nullable Failure lastFailure() {
        return lastFailure;
    }

    void failed(String operation, Throwable failure) {
        lastFailure = new ClientDiagnostics.Failure(
                ticker.now(), operation, failure.getClass().getSimpleName());
    }

    /** A call begins. */
    Watched begin(String operation, Call call) {
        active.incrementAndGet();
        return new Watched(operation, FlightRecording.calling(call), hooks.calling(operation));
    }

    /** A call that is watched. */
    final class Watched {
        private final String operation;
        private final Consumer<@Nullable Throwable> recording;
        private final Hooks.Calling calling;
        private final long start = ticker.nanoTime();
        private final AtomicInteger attempts = new AtomicInteger();

        private Watched(String operation, Consumer<@Nullable Throwable> recording, Hooks.Calling calling) {
            this.operation = operation;
            this.recording = recording;
            this.calling = calling;
        }

        /** An attempt begins; says how many came before, for the first is no retry. */
        int attempting() {
            int before = attempts.getAndIncrement();
            if (before > 0) {
                calling.retried();
            }
            return before;
        }

        void ended(@Nullable Throwable failure) {
            active.decrementAndGet();
            if (failure != null) {
                failed(operation, failure);
            }
            recording.accept(failure);
            calling.ended(Duration.ofNanos(ticker.nanoTime() - start), failure);
        }
    }
}
