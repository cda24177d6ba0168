package com.jamsocket.internal.client;

import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.sse.Backoff;
import java.time.Duration;

/**
 * How streams hold on.
 *
 * @param reconnect how they connect again
 * @param silenceLimit how long a connection with keepalives may be silent
 * @param statusCheckInterval how often the stream of a backend that is ready compares itself with the status
 * @param openings how many may be opening at once
 * @param maxWatchedBackends how many of them browsers may share
 */
record StreamSettings(
        ReconnectPolicy reconnect,
        Duration silenceLimit,
        Duration statusCheckInterval,
        int openings,
        int maxWatchedBackends) {

    /** The delays of reconnections, without their limits. */
    Backoff unlimitedBackoff(Ticker ticker) {
        return Backoff.exponential(ticker)
                .withInitialDelay(reconnect.initialDelay())
                .withCap(reconnect.maxDelay());
    }

    Backoff backoff(Ticker ticker) {
        Backoff backoff = unlimitedBackoff(ticker);
        Integer attempts = reconnect.maxAttempts();
        backoff = attempts == null ? backoff : backoff.withMaxAttempts(attempts);
        Duration time = reconnect.maxTime();
        return time == null ? backoff : backoff.withMaxTime(time);
    }
}
