package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;

/**
 * A client that has been made, with what follows its backends.
 *
 * @param client the client
 * @param around what serves it
 * @param closing closes the client, if it is ours to close
 */
record OpenClient(Jamsocket client, Surroundings around, Runnable closing) {

    /**
     * What there is for a client before it is made.
     *
     * @param following the backends it is followed on
     * @param observers the threads of asynchronous observers
     * @param threads the threads of all other code of the application
     */
    record Surroundings(Following following, ObserverExecutor observers, ApplicationThreads threads) {

        /** With the client, on which backends are followed from now on. */
        OpenClient with(Jamsocket client, Runnable closing) {
            following.begin(client);
            return new OpenClient(client, this, closing);
        }
    }

    Following following() {
        return around.following();
    }

    /** Fires nothing any more; the client itself stays usable. */
    void stopFollowing() {
        around.following().close();
        around.observers().close();
    }

    void close() {
        stopFollowing();
        around.threads().close();
        closing.run();
    }
}
