package com.jamsocket.internal.client;

import com.jamsocket.ClusterState;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneControlAsync;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.HttpTransport;
import java.time.Duration;

/** The blocking view of the care of a Plane cluster, which owns it. */
final class DefaultPlaneControl implements PlaneControl {

    private final PlaneOperations operations;
    private final PlaneControlAsync async;
    private final String server;

    DefaultPlaneControl(PlaneOperations operations, String server) {
        this.operations = operations;
        this.async = new DefaultPlaneControlAsync(operations);
        this.server = server;
    }

    static DefaultPlaneControl of(HttpSettings http, ClientSettings settings, Threads threads, Hooks hooks) {
        HttpTransport transport = new HttpTransport(http, threads.ticker(), threads.progress(), threads.filters());
        return new DefaultPlaneControl(new PlaneOperations(transport, settings, threads, hooks), http.server());
    }

    @Override
    public ClusterState clusterState(String cluster) {
        return operations.clusterState(cluster).run();
    }

    @Override
    public boolean drain(String cluster, String drone) {
        return operations.drain(cluster, drone).run();
    }

    @Override
    public void awaitDrained(String cluster, String drone, Duration timeout) {
        operations.awaitDrained(cluster, drone, timeout).run();
    }

    @Override
    public void revoke(String backendId, String user) {
        operations.revoke(backendId, user).run();
    }

    @Override
    public ControllerStatus status() {
        return operations.status().run();
    }

    @Override
    public boolean isHealthy() {
        return operations.isHealthy().run();
    }

    @Override
    public PlaneControlAsync async() {
        return async;
    }

    @Override
    public void close() {
        operations.close();
    }

    @Override
    public String toString() {
        return "PlaneControl[" + server + "]";
    }
}
