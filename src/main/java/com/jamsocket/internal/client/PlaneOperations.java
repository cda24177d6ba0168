package com.jamsocket.internal.client;

import com.jamsocket.ClusterState;
import com.jamsocket.JamsocketException;
import com.jamsocket.PlaneControl.ControllerStatus;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.PlaneControlMapping;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The verbs of the care of a Plane cluster, which its two views share. */
final class PlaneOperations implements AutoCloseable {

    /** A health check that takes longer has its answer. */
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final Transport transport;
    private final Threads threads;
    private final Calls calls;
    private final PendingResults pending = new PendingResults();
    private volatile boolean closed;

    PlaneOperations(Transport transport, ClientSettings settings, Threads threads, Hooks hooks) {
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
                    reply, (received, failure) -> healthy.complete(received != null && isSuccess(call, received)));
            Failures.later(threads.ticker(), HEALTH_LIMIT, healthy, () -> healthy.complete(false));
            Stages.cancelWhenDone(healthy, reply);
            return pending.add(healthy);
        });
    }

    private boolean isSuccess(Call call, Reply reply) {
        try {
            ServerKind.PLANE.body(call, reply, threads.ticker().now());
            return true;
        } catch (JamsocketException refusal) {
            return false;
        }
    }

    Operation<@Nullable Void> awaitDrained(String cluster, String drone, Duration timeout) {
        Values.requirePositive(timeout, "timeout");
        requireOpen();
        Call drain = PlaneControlMapping.drain(cluster, drone);
        Call look = PlaneControlMapping.clusterState(cluster);
        return Operation.of(
                threads,
                "awaitDrained",
                () -> pending.add(new AwaitDrained(
                                drone,
                                timeout,
                                calls.question(drain, PlaneControlMapping::readDrain),
                                calls.question(look, PlaneControlMapping::readClusterState),
                                threads.ticker())
                        .start()));
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
