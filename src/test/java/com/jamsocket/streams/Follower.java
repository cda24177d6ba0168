package com.jamsocket.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listener that notes what it hears, and what no listener should hear: calls at one time, and calls after the end. */
class Follower implements StatusListener {

    final List<String> statuses = new CopyOnWriteArrayList<>();
    final List<StreamEnd> ends = new CopyOnWriteArrayList<>();
    final List<Duration> delays = new CopyOnWriteArrayList<>();
    final AtomicInteger breaches = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public final void onState(BackendState state) {
        alone(() -> {
            statuses.add(state.statusName());
            reached(state);
        });
    }

    /** What a test does at a state. */
    void reached(BackendState state) {}

    @Override
    public final void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        alone(() -> {
            delays.add(delay);
            lost();
        });
    }

    /** What a test does at the loss of a connection. */
    void lost() {}

    @Override
    public final void onEnd(StreamEnd end) {
        alone(() -> ends.add(end));
    }

    private void alone(Runnable call) {
        if (inside.incrementAndGet() != 1 || !ends.isEmpty()) {
            breaches.incrementAndGet();
        }
        try {
            call.run();
        } finally {
            inside.decrementAndGet();
        }
    }

    /** The end, which must come in time, once, and last. */
    StreamEnd endOf(StatusSubscription subscription) {
        return end(subscription.end());
    }

    private StreamEnd end(CompletionStage<StreamEnd> stage) {
        StreamEnd end =
                stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(ends).containsExactly(end);
        assertThat(breaches).as("calls at one time or after the end").hasValue(0);
        return end;
    }
}
