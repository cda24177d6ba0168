package com.jamsocket.internal.dev.cluster;

/** Starts what runs in a backend. */
@FunctionalInterface
public interface Launcher {

    /** Starts it, on a thread that may block. What it throws ends the backend. */
    Launched launch(Launch launch) throws Exception;
}
