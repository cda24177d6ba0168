package com.jamsocket.internal.sse;

import java.util.concurrent.Future;

/** Where a source is in its life. Each state owns what it holds; whoever replaces a state releases it. */
sealed interface State {

    default void release() {}

    /** Built, not yet opened. */
    record Created() implements State {}

    /** A connection is being made, or is open. */
    record Connected(Connection connection) implements State {
        @Override
        public void release() {
            connection.cancel();
        }
    }

    /** The delay before the next connection runs. */
    record Waiting(Future<?> alarm) implements State {
        @Override
        public void release() {
            alarm.cancel(false);
        }
    }

    /** The delay is over; whether to reconnect at all is being asked. */
    record Checking(Future<?> check) implements State {
        @Override
        public void release() {
            check.cancel(true);
        }
    }

    /** Ended or closed; there is nothing after it. */
    record Ended() implements State {}
}
