package com.jamsocket.testkit;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.JamsocketException;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A listener that records what it hears, and what no listener may hear: calls at the same time, and calls after the
 * end.
 */
public class StatusRecorder implements StatusListener {

    /** The wire names of the states, in order. */
    public final List<String> statuses = new CopyOnWriteArrayList<>();

    /** The ends, of which there is to be one. */
    public final List<StreamEnd> ends = new CopyOnWriteArrayList<>();

    /** The numbers that the reconnects were given. */
    public final List<Integer> attempts = new CopyOnWriteArrayList<>();

    /** The delays before the reconnects. */
    public final List<Duration> delays = new CopyOnWriteArrayList<>();

    private final AtomicInteger breaches = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public final void onState(BackendState state) {
        alone(() -> {
            statuses.add(state.statusName());
            reached(state);
        });
    }

    /** What a test does at a state. */
    protected void reached(BackendState state) {}

    @Override
    public final void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        alone(() -> {
            if (!(cause == null || cause instanceof JamsocketException)) {
                breaches.incrementAndGet();
            }
            delays.add(delay);
            attempts.add(attempt);
            lost();
        });
    }

    /** What a test does at the loss of a connection. */
    protected void lost() {}

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

    /** Waits for a state. */
    public void awaitStatus(String status) {
        eventually(status, Duration.ofSeconds(30), () -> List.copyOf(statuses), heard -> heard.contains(status));
    }

    /** The end, which must come in time, once, and last. */
    public StreamEnd endOf(StatusSubscription subscription) {
        StreamEnd end = subscription
                .end()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(ends).containsExactly(end);
        assertThat(breaches)
                .as("calls at the same time, after the end, or with a cause that is not ours")
                .hasValue(0);
        return end;
    }
}
