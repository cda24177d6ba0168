package com.jamsocket.internal.dev.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for backends whose request does not say otherwise.
 *
 * @param maxIdle the idle limit; null for that of the API in question
 * @param staticToken whether the Jamsocket API gives out static tokens
 */
record SpawnDefaults(@Nullable Duration maxIdle, boolean staticToken) {

    /** The limit that was asked for, or ours, or the API's. */
    @Nullable
    Duration maxIdle(@Nullable Duration ofApi, @Nullable Duration asked) {
        return asked != null ? asked : maxIdle != null ? maxIdle : ofApi;
    }
}
