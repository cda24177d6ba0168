package com.jamsocket.internal.client;

import com.jamsocket.ClusterState;
import com.jamsocket.PlaneControl.ControllerStatus;
import com.jamsocket.PlaneControlAsync;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The non-blocking view of the care of a Plane cluster. */
final class DefaultPlaneControlAsync implements PlaneControlAsync {

    private final PlaneOperations operations;

    DefaultPlaneControlAsync(PlaneOperations operations) {
        this.operations = operations;
    }

    @Override
    public CompletionStage<ClusterState> clusterState(String cluster) {
        return operations.stage(operations.clusterState(cluster));
    }

    @Override
    public CompletionStage<Boolean> drain(String cluster, String drone) {
        return operations.stage(operations.drain(cluster, drone));
    }

    @Override
    public CompletionStage<@Nullable Void> awaitDrained(String cluster, String drone, Duration timeout) {
        return operations.stage(operations.awaitDrained(cluster, drone, timeout));
    }

    @Override
    public CompletionStage<@Nullable Void> revoke(String backendId, String user) {
        return operations.stage(operations.revoke(backendId, user));
    }

    @Override
    public CompletionStage<ControllerStatus> status() {
        return operations.stage(operations.status());
    }

    @Override
    public CompletionStage<Boolean> isHealthy() {
        return operations.stage(operations.isHealthy());
    }
}
