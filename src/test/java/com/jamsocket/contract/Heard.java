package com.jamsocket.contract;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a stream has told. */
final class Heard implements StatusListener {

    final List<BackendState> states = new CopyOnWriteArrayList<>();
    final List<StreamEnd> ends = new CopyOnWriteArrayList<>();
    final AtomicInteger reconnects = new AtomicInteger();

    @Override
    public void onState(BackendState state) {
        states.add(state);
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        reconnects.incrementAndGet();
    }

    @Override
    public void onEnd(StreamEnd end) {
        ends.add(end);
    }

    List<BackendStatus> statuses() {
        return states.stream().map(BackendState::status).toList();
    }

    void await(BackendStatus status) {
        Eventually.eventually(status + " after " + statuses(), Duration.ofSeconds(10), () -> statuses()
                .contains(status));
    }

    static StreamEnd endOf(StatusSubscription stream) throws Exception {
        return stream.end().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
