package com.jamsocket;

import com.jamsocket.internal.client.ClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Administers a Plane cluster: shows who is in it, drains drones, and revokes the tokens of a user.
 *
 * <p>In a Jakarta EE application inject it ({@code @Inject PlaneControl}): it has the settings of the injected
 * {@link Jamsocket} client. In Java SE make one with {@link #of(URI)}, {@link #fromEnv()} or
 * {@link Jamsocket.Builder#buildPlaneControl()}, and close it.
 *
 * <p>Safe for use by many threads. The methods block until the controller has answered, and throw a
 * {@link JamsocketException} where it cannot be reached, refuses or is not understood, and an
 * {@link IllegalStateException} once this is closed. Who may call them is decided by what stands before the controller:
 * a token or headers for that are those of the builder.
 */
@DoNotImplement
public interface PlaneControl extends AutoCloseable {

    /** The control of the cluster of this controller, with defaults. */
    static PlaneControl of(URI controller) {
        return Jamsocket.builder().plane(controller).buildPlaneControl();
    }

    /**
     * Set up by the environment variables of this process, as by {@link #fromEnv(Map)}.
     *
     * @throws JamsocketConfigurationException naming every variable that is missing or wrong
     */
    static PlaneControl fromEnv() {
        return fromEnv(System.getenv());
    }

    /**
     * Set up by {@code JAMSOCKET_PLANE_URL} and the variables that say how to reach it, as a client's are.
     *
     * @throws JamsocketConfigurationException naming every variable that is missing or wrong
     */
    static PlaneControl fromEnv(Map<String, String> env) {
        return ClientBuilder.fromEnv(env).buildPlaneControl();
    }

    /**
     * The drones and proxies that are connected.
     *
     * @param cluster the cluster, {@code host} or {@code host:port}
     * @return what is connected; nothing for a cluster that the controller does not know
     */
    ClusterState clusterState(String cluster);

    /**
     * Drains a drone, for good: it gets no new backends, and those that it has go on to their end. A drone of
     * another name takes its place.
     *
     * @return whether it was in use; false if it was draining already
     * @throws JamsocketApiException with the status 404 if the cluster has no such drone
     */
    boolean drain(String cluster, String drone);

    /**
     * {@linkplain #drain Drains} a drone and waits until it has no backends left, so that it can be stopped without
     * harm to anyone. The cluster is asked about twice a second. While the drone is not connected, the wait goes on.
     *
     * @throws DrainTimeoutException if backends are left when the time is over
     * @throws JamsocketApiException with the status 404 if the cluster has no such drone
     */
    void awaitDrained(String cluster, String drone, Duration timeout);

    /**
     * Revokes the tokens of a backend that were given out for a user. What was given out without a user, and static
     * tokens, cannot be revoked; a proxy that has seen a token may go on accepting it. To do so twice, or for an
     * unknown backend, does nothing.
     */
    void revoke(String backendId, String user);

    /**
     * What the controller is.
     *
     * @throws JamsocketApiException if it cannot reach its database
     */
    ControllerStatus status();

    /**
     * Whether the controller can be reached and says that it is well. Asks once, answers within 2 seconds, and throws
     * nothing but on a closed one.
     */
    boolean isHealthy();

    /** The same verbs without blocking. */
    PlaneControlAsync async();

    /** Disposes of what this holds. An injected one is closed by its container. Further calls change nothing. */
    @Override
    void close();

    /**
     * What a controller is. The record may gain components: make one with {@link #of(String)}.
     *
     * @param version its version of Plane, such as {@code 0.5.5}
     * @param hash what that was built from; may be empty
     */
    record ControllerStatus(String version, String hash) {
        /** Validates that nothing is null. */
        public ControllerStatus {
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(hash, "hash");
        }

        /** A controller of this version. */
        public static ControllerStatus of(String version) {
            return new ControllerStatus(version, "");
        }
    }
}
