package com.jamsocket.internal.client;

import com.jamsocket.ClusterState;
import com.jamsocket.DrainTimeoutException;
import com.jamsocket.JamsocketException;
import com.jamsocket.PlaneControl;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.RestCaller;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.PlaneControlMapping;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The care of a Plane cluster, one call of its controller at a time. */
final class DefaultPlaneControl implements PlaneControl {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final RestCaller rest;
    private final Retries retries;
    private final Threads threads;
    private volatile boolean closed;

    DefaultPlaneControl(HttpSettings http, Duration retryTime, Threads threads) {
        this.rest = new RestCaller(http, client -> {});
        this.retries = new Retries(retryTime, threads);
        this.threads = threads;
    }

    @Override
    public ClusterState clusterState(String cluster) {
        return call(PlaneControlMapping.clusterState(cluster), PlaneControlMapping::readClusterState);
    }

    @Override
    public boolean drain(String cluster, String drone) {
        return call(PlaneControlMapping.drain(cluster, drone), PlaneControlMapping::readDrain);
    }

    @Override
    public void awaitDrained(String cluster, String drone, Duration timeout) {
        long deadline =
                System.nanoTime() + Values.requirePositive(timeout, "timeout").toNanos();
        drain(cluster, drone);
        while (true) {
            ClusterState.Drone seen = clusterState(cluster).drone(drone).orElse(null);
            if (seen != null && seen.backendCount() == 0) {
                return;
            }
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw new DrainTimeoutException(drone, timeout, seen);
            }
            Failures.join(threads.after(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS));
        }
    }

    @Override
    public void revoke(String backendId, String user) {
        this.<@Nullable Void>call(PlaneControlMapping.revoke(backendId, user), answer -> null);
    }

    @Override
    public ControllerStatus status() {
        return call(PlaneControlMapping.status(), PlaneControlMapping::readStatus);
    }

    @Override
    public boolean isHealthy() {
        requireOpen();
        try {
            rest.call(PlaneControlMapping.health());
            return true;
        } catch (JamsocketException e) {
            return false;
        }
    }

    private <T extends @Nullable Object> T call(Call call, Function<byte[], T> reader) {
        requireOpen();
        return retries.run(new Action<>(call, () -> reader.apply(rest.call(call))));
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
            rest.close();
            threads.close();
        }
    }
}
