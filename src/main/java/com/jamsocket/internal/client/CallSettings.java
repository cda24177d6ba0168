package com.jamsocket.internal.client;

import com.jamsocket.internal.Deadline;
import java.time.Duration;

/**
 * How long calls may take, and how many threads may wait for them.
 *
 * @param retryTime for how long a call begins another attempt, counted from the call; zero for never
 * @param timeout how long a call may take with all its attempts
 * @param attempt how long one attempt may take: to connect and to read
 * @param maxWaiting how many threads may wait for a server that does not answer
 */
record CallSettings(Duration retryTime, Duration timeout, Duration attempt, int maxWaiting) {

    CallSettings {
        retryTime = Deadline.min(retryTime, timeout);
    }
}
