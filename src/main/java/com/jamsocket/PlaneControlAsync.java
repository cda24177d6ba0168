package com.jamsocket;

import com.jamsocket.PlaneControl.ControllerStatus;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link PlaneControl} without blocking; see there for what they mean, and {@link JamsocketAsync} for what
 * the stages do.
 */
@DoNotImplement
public interface PlaneControlAsync {

    /** See {@link PlaneControl#clusterState(String)}. */
    CompletionStage<ClusterState> clusterState(String cluster);

    /** See {@link PlaneControl#drain(String, String)}. */
    CompletionStage<Boolean> drain(String cluster, String drone);

    /** See {@link PlaneControl#awaitDrained(String, String, Duration)}. */
    CompletionStage<@Nullable Void> awaitDrained(String cluster, String drone, Duration timeout);

    /** See {@link PlaneControl#revoke(String, String)}. */
    CompletionStage<@Nullable Void> revoke(String backendId, String user);

    /** See {@link PlaneControl#status()}. */
    CompletionStage<ControllerStatus> status();

    /** See {@link PlaneControl#isHealthy()}; never fails. */
    CompletionStage<Boolean> isHealthy();
}
