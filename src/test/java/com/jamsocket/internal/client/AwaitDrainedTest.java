package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.jamsocket.ClusterState;
import com.jamsocket.DrainTimeoutException;
import com.jamsocket.internal.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class AwaitDrainedTest {

    private static final Duration TIMEOUT = Duration.ofHours(8);

    private final ManualTicker ticker = new ManualTicker();
    private final CompletableFuture<Boolean> drain = new CompletableFuture<>();
    private final Deque<CompletableFuture<ClusterState>> looks = new ArrayDeque<>();

    private CompletableFuture<Void> start() {
        return new AwaitDrained("dr-1", TIMEOUT, () -> drain, this::look, ticker).start();
    }

    private CompletableFuture<ClusterState> look() {
        CompletableFuture<ClusterState> look = new CompletableFuture<>();
        looks.add(look);
        return look;
    }

    private static ClusterState running(int backends) {
        ClusterState.Node node = ClusterState.Node.builder("dr-1").build();
        return ClusterState.of(
                List.of(ClusterState.Drone.builder(node).backendCount(backends).build()), List.of());
    }

    @Test
    void looksTwiceASecondUntilNothingIsLeftAndKeepsNothingOfItsLooks() {
        CompletableFuture<Void> drained = start();
        drain.complete(true);
        int kept = drained.getNumberOfDependents();
        for (int i = 0; i < 1_000; i++) {
            looks.remove().complete(running(1));
            ticker.advance(Duration.ofMillis(500));
        }

        assertThat(drained.getNumberOfDependents()).isEqualTo(kept);
        assertThat(ticker.waiting()).isEqualTo(1);
        assertThat(drained).isNotDone();

        looks.remove().complete(running(0));
        assertThat(drained).isCompleted();
        assertThat(ticker.waiting()).isZero();
    }

    @Test
    void endsAtItsLimitWhateverACallIsDoing() {
        CompletableFuture<Void> drained = start();
        drain.complete(true);
        looks.remove().complete(running(3));
        ticker.advance(TIMEOUT.minusNanos(1));
        assertThat(drained).isNotDone();

        ticker.advance(Duration.ofNanos(1));

        assertThat(timeout(drained).lastSeen()).isNotNull();
        assertThat(timeout(drained)).hasMessageContaining("dr-1").hasMessageContaining("3 backends");
        assertThat(looks.remove()).isCancelled();
    }

    @Test
    void endsAtItsLimitWhereNobodyAnswersTheFirstCall() {
        CompletableFuture<Void> drained = start();
        ticker.advance(TIMEOUT);

        assertThat(timeout(drained).lastSeen()).isNull();
        assertThat(drain).isCancelled();
    }

    @Test
    void givesUpItsCallsWhenItIsGivenUp() {
        CompletableFuture<Void> drained = start();
        drain.complete(true);
        drained.cancel(true);

        assertThat(looks.remove()).isCancelled();
        assertThat(ticker.waiting()).isZero();
    }

    private static DrainTimeoutException timeout(CompletableFuture<Void> drained) {
        ExecutionException thrown = assertThrows(ExecutionException.class, drained::get);
        return assertInstanceOf(DrainTimeoutException.class, thrown.getCause());
    }
}
