package com.jamsocket.internal.client;

import com.jamsocket.ClusterState;
import com.jamsocket.DrainTimeoutException;
import com.jamsocket.PlaneControl.ControllerStatus;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.PlaneControlMapping;
import com.jamsocket.internal.wire.ServerKind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The verbs of the care of a Plane cluster, which its two views share. */
final class PlaneOperations implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** A health check that takes longer has its answer. */
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final Transport transport;
    private final Threads threads;
    private final Calls calls;
    private final PendingResults pending = new PendingResults();
    private volatile boolean closed;

    PlaneOperations(Transport transport, CallSettings settings, Threads threads, Hooks hooks) {
        this.transport = transport;
        this.threads = threads;
        this.calls = new Calls(
                ServerKind.PLANE, transport, settings, threads, pending, new CallWatch(hooks, threads.ticker()));
    }

    Operation<ClusterState> clusterState(String cluster) {
        return operation(
                "clusterState", PlaneControlMapping.clusterState(cluster), PlaneControlMapping::readClusterState);
    }

    Operation<Boolean> drain(String cluster, String drone) {
        return operation("drain", PlaneControlMapping.drain(cluster, drone), PlaneControlMapping::readDrain);
    }

    Operation<@Nullable Void> revoke(String backendId, String user) {
        return operation("revoke", PlaneControlMapping.revoke(backendId, user), body -> null);
    }

    Operation<ControllerStatus> status() {
        return operation("controllerStatus", PlaneControlMapping.status(), PlaneControlMapping::readStatus);
    }

    /** Asked once, and answered in time whatever the network does. */
    Operation<Boolean> isHealthy() {
        requireOpen();
        return Operation.of(threads, "isHealthy", () -> {
            CompletableFuture<Boolean> healthy = new CompletableFuture<>();
            Call call = PlaneControlMapping.health();
            var reply = transport.sendAsync(call, threads.filters(transport));
            Stages.whenDone(
                    reply,
                    (received, failure) ->
                            healthy.complete(received != null && HttpStatus.isSuccess(received.status())));
            Failures.later(threads.ticker(), HEALTH_LIMIT, healthy, () -> healthy.complete(false));
            Stages.cancelWhenDone(healthy, reply);
            return pending.add(healthy);
        });
    }

    Operation<@Nullable Void> awaitDrained(String cluster, String drone, Duration timeout) {
        Values.requirePositive(timeout, "timeout");
        Operation<Boolean> drain = drain(cluster, drone);
        Operation<ClusterState> look = clusterState(cluster);
        return Operation.of(threads, "awaitDrained", () -> {
            CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
            Deadline deadline = Deadline.after(timeout, threads.ticker());
            onSuccess(drain.start(), drained, draining -> look(look, drone, timeout, deadline, drained));
            return pending.add(drained);
        });
    }

    private void look(
            Operation<ClusterState> look,
            String drone,
            Duration timeout,
            Deadline deadline,
            CompletableFuture<@Nullable Void> drained) {
        onSuccess(look.start(), drained, state -> {
            ClusterState.Drone seen = state.drone(drone).orElse(null);
            if (seen != null && seen.backendCount() == 0) {
                drained.complete(null);
            } else if (deadline.isOver()) {
                drained.completeExceptionally(new DrainTimeoutException(drone, timeout, seen));
            } else {
                Failures.later(
                        threads.ticker(),
                        deadline.atMost(BETWEEN_LOOKS),
                        drained,
                        () -> look(look, drone, timeout, deadline, drained));
            }
        });
    }

    private static <T> void onSuccess(CompletableFuture<T> step, CompletableFuture<?> result, Consumer<T> next) {
        Stages.whenDone(step, (value, failure) -> {
            if (failure == null) {
                next.accept(value);
            } else {
                result.completeExceptionally(Objects.requireNonNull(failure));
            }
        });
        Stages.cancelWhenDone(result, step);
    }

    <T extends @Nullable Object> CompletionStage<T> stage(Operation<T> operation) {
        return CallbackStage.of(operation.start(), threads::runCallback);
    }

    private <T extends @Nullable Object> Operation<T> operation(String name, Call call, Function<byte[], T> reader) {
        requireOpen();
        return calls.operation(name, call, reader, value -> {});
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the PlaneControl is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pending.close();
            transport.close();
            threads.close();
        }
    }
}
