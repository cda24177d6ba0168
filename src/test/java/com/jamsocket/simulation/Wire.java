package com.jamsocket.simulation;

import java.time.Duration;

/** One direction of a connection: what is sent comes later, in order. */
final class Wire {

    private final SimulatedTime time;
    private final Chance chance;
    private Duration last = Duration.ZERO;

    Wire(SimulatedTime time, Chance chance) {
        this.time = time;
        this.chance = chance;
    }

    void send(Runnable arrival) {
        send(Duration.ZERO, arrival);
    }

    /** Sends something after a while; what is sent after it waits as well. */
    void send(Duration delay, Runnable arrival) {
        Duration at = time.elapsed().plus(delay).plus(chance.time(Duration.ofNanos(100_000), Duration.ofMillis(30)));
        last = at.compareTo(last) > 0 ? at : last;
        time.at(last.minus(time.elapsed()), arrival);
    }
}
