package com.jamsocket.internal.wire;

import com.jamsocket.ConnectRequest;
import com.jamsocket.PlaneOptions;
import com.jamsocket.PlaneSettings;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * The controller of a Plane cluster, as of Plane 0.5. Its answers need no mapping of their own: they are a form of the
 * ones of the Jamsocket API.
 *
 * @param settings how the client runs its backends
 * @param service the service, in which keys are unique if the settings name no namespace; or null
 */
public record PlaneDialect(PlaneSettings settings, @Nullable String service) implements Dialect {

    /** Refuses a blank service. */
    public PlaneDialect {
        if (service != null) {
            Values.requireText(service, "service");
        }
    }

    @Override
    public Call connect(ConnectRequest request) {
        String body = new PlaneConnectMapping(settings, service).text(request);
        PlaneOptions options = request.plane();
        String ownId = options == null ? null : options.backendId();
        // With a key, the second of two equal requests finds the backend of the first.
        return new Call("POST", "ctrl/connect", body, true, ownId, request.key() != null);
    }

    @Override
    public Call status(String backendId) {
        return Call.get("pub/b/" + backend(backendId) + "/status", backendId);
    }

    @Override
    public Call statusStream(String backendId) {
        return Call.get("pub/b/" + backend(backendId) + "/status-stream", backendId);
    }

    @Override
    public Call terminate(String backendId, TerminationKind kind) {
        String verb =
                switch (kind) {
                    case SOFT -> "/soft-terminate";
                    case HARD -> "/hard-terminate";
                    case UNKNOWN -> throw new IllegalArgumentException("a backend is terminated SOFT or HARD");
                };
        return new Call("POST", "ctrl/b/" + backend(backendId) + verb, null, true, backendId, true);
    }

    @Override
    public Call ping() {
        return PlaneControlMapping.health();
    }

    @Override
    public @Nullable Call clusterState() {
        String cluster = settings.cluster();
        return cluster == null ? null : PlaneControlMapping.clusterState(cluster);
    }

    @Override
    public ServerKind server() {
        return ServerKind.PLANE;
    }

    @Override
    public boolean replaysHistory() {
        return true;
    }

    @Override
    public boolean learnsOfBackendsLate() {
        return false;
    }

    private static String backend(String backendId) {
        return Call.segment(Values.requireText(backendId, "backendId"));
    }
}
