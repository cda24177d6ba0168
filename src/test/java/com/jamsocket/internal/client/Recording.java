package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Notes what a listener hears. */
final class Recording implements StatusListener {

    final List<String> statuses = new CopyOnWriteArrayList<>();
    final List<StreamEnd> ends = new CopyOnWriteArrayList<>();
    final List<Integer> attempts = new CopyOnWriteArrayList<>();
    final AtomicInteger afterEnd = new AtomicInteger();

    @Override
    public void onState(BackendState state) {
        heard();
        statuses.add(state.statusName());
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        heard();
        attempts.add(attempt);
    }

    @Override
    public void onEnd(StreamEnd end) {
        heard();
        ends.add(end);
    }

    private void heard() {
        if (!ends.isEmpty()) {
            afterEnd.incrementAndGet();
        }
    }

    /** The end, which must come once and last. */
    StreamEnd endOf(StatusSubscription subscription) {
        StreamEnd end = subscription
                .end()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertThat(ends).containsExactly(end);
        assertThat(afterEnd).hasValue(0);
        return end;
    }
}
