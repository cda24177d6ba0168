package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import org.jspecify.annotations.Nullable;

/**
 * A client that has been made, with what follows its backends.
 *
 * @param client the client itself, the owner of its connections
 * @param following the backends it is followed on
 * @param observers the threads of asynchronous observers
 * @param managed the way to the container's threads; null where it has none
 */
record OpenClient(Jamsocket client, Following following, ObserverExecutor observers, @Nullable Handover managed) {

    /** Fires nothing any more; the client itself stays usable. */
    void stopFollowing() {
        following.close();
        observers.close();
    }

    void close() {
        stopFollowing();
        if (managed != null) {
            managed.close();
        }
        client.close();
    }
}
