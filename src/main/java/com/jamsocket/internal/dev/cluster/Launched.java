package com.jamsocket.internal.dev.cluster;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What runs in a backend. Its methods are called by any thread, one at a time, and may block. */
public interface Launched {

    /** Where it is to answer HTTP: at one of these. */
    List<InetSocketAddress> addresses();

    /** Its exit code, once it has ended and left nothing behind. */
    CompletionStage<Integer> exit();

    /** Asks it to end. */
    void stop();

    /** Ends it. */
    void kill();
}
