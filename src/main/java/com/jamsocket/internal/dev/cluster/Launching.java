package com.jamsocket.internal.dev.cluster;

import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How backends get to run.
 *
 * @param launchers the launcher for a backend; null for one that is only told about
 * @param probe whether a backend answers
 * @param workers where launchers may block
 * @param home back to the cluster's thread; throws {@link IllegalStateException} once that has ended
 * @param readyTimeout how long a backend may take to answer
 * @param grace how long it may take to end when it is asked to
 * @param time the time of what runs, which is the machine's
 */
public record Launching(
        Function<ConnectSpec, @Nullable Launcher> launchers,
        Probe probe,
        Executor workers,
        Executor home,
        Duration readyTimeout,
        Duration grace,
        Ticker time) {}
