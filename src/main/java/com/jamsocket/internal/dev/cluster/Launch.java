package com.jamsocket.internal.dev.cluster;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher is told of the backend that it is to start.
 *
 * @param backendId its id
 * @param spec what it is started for
 * @param fencingToken a number that is larger for each later holder of a key
 * @param staticToken the token of its connection URL if there is one for all, or null
 * @param log takes its log lines, on any thread
 */
public record Launch(
        String backendId, ConnectSpec spec, long fencingToken, @Nullable String staticToken, Consumer<String> log) {

    /** Shows nothing that opens anything. */
    @Override
    public String toString() {
        return "Launch[" + backendId + "]";
    }
}
