package com.jamsocket.cdi;

import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.config.FollowMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the backends of a client are followed.
 *
 * @param client the name of the client, empty for the client without a name
 * @param mode which backends
 * @param notice how long ahead of a limit an event tells of it
 * @param claims decides which node tells of a backend; null for each
 * @param droneLostAfter for how long a drone must be lost before its backends end; not positive for never
 * @param ticker the time of limits and claims
 */
record FollowRules(
        String client,
        FollowMode mode,
        Duration notice,
        @Nullable FollowClaim claims,
        Duration droneLostAfter,
        Ticker ticker) {}
