package com.jamsocket.simulation;

import com.jamsocket.Jamsocket;
import java.time.Duration;

/**
 * What the users of one run share.
 *
 * @param releasedAt when callback threads that block go on; zero if none does
 * @param prompt whether callbacks run without much delay
 */
record Scene(
        Jamsocket client,
        SimulatedTime time,
        Chance chance,
        Weather weather,
        ModelServer server,
        Tally tally,
        Problems problems,
        Duration releasedAt,
        boolean prompt) {

    Duration now() {
        return time.elapsed();
    }
}
