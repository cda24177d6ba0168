package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.ClusterState;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client on which backends can be followed for as long as it lives: its non-blocking view. */
public interface StatusFollower {

    /** That of a client, whatever proxies and views are before it; null for one that is not of this library. */
    static @Nullable StatusFollower of(Jamsocket client) {
        return client.async() instanceof StatusFollower follower ? follower : null;
    }

    /**
     * Opens a stream. The opening is retried for as long as what is wrong may pass, be it for hours; it fails with a
     * refusal for good. The first failure is logged at WARNING, the next ones at DEBUG.
     *
     * @param listener called on threads for the application's code
     * @param found told the state in which the backend is, before the listener is told any; must not block
     */
    CompletionStage<StatusSubscription> follow(String backendId, StatusListener listener, Consumer<BackendState> found);

    /** Looks at the cluster that backends are started in; null where there is none, or the settings name none. */
    @Nullable
    CompletionStage<ClusterState> clusterState();

    /** What watches it. */
    Hooks hooks();

    /** Whether the client was closed. */
    boolean isClosed();
}
