package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;

/**
 * A client that has been made, with what follows its backends.
 *
 * @param client the client itself, the owner of its connections
 * @param following the backends it is followed on
 * @param observers the threads of asynchronous observers
 * @param threads the threads of all other code of the application
 */
record OpenClient(Jamsocket client, Following following, ObserverExecutor observers, ApplicationThreads threads) {

    /** Fires nothing any more; the client itself stays usable. */
    void stopFollowing() {
        following.close();
        observers.close();
    }

    void close() {
        stopFollowing();
        threads.close();
        client.close();
    }
}
