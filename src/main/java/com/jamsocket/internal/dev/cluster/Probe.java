package com.jamsocket.internal.dev.cluster;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Asks whether something answers at an address. */
@FunctionalInterface
public interface Probe {

    /** Asks once. The answer comes later, on the cluster's thread, and in bounded time. */
    void ask(InetSocketAddress address, Consumer<Boolean> answer);
}
