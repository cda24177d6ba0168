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

    /**
     * The delay before the next connection runs.
     *
     * @param imposed whether the server has asked for it
     */
    record Waiting(Future<?> alarm, boolean imposed) implements State {
        @Override
        public void release() {
            alarm.cancel(false);
        }
    }

    /** A connection is due, and waits to be admitted. */
    record Admitting(Future<?> asked) implements State {
        @Override
        public void release() {
            asked.cancel(true);
        }
    }

    /** Ended or closed; there is nothing after it. */
    record Ended() implements State {}
}
