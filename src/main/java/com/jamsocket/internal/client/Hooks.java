package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What others may watch of a client: following, metrics, traces. Called on whichever thread the client happens to be
 * on, so that nothing here may block; what is thrown is logged. By default nothing is watched.
 */
public interface Hooks {

    /** Nobody watches. */
    Hooks NONE = new Hooks() {};

    /** The client has been made. */
    default void made(Jamsocket client) {}

    /** The client has been closed. */
    default void closed() {}

    /** A call to connect has succeeded, and its caller has not heard of it yet. */
    default void connected(ConnectRequest request, ConnectResponse response) {}

    /** A call begins; its operation is the name of the method. */
    default Calling calling(String operation) {
        return Calling.UNWATCHED;
    }

    /** An attempt of a call begins, on this thread, after so many others. */
    default Attempt attempting(String method, URI address, int resends) {
        return Attempt.UNWATCHED;
    }

    /** Whether it is worth telling attempts. */
    default boolean seesAttempts() {
        return false;
    }

    /**
     * What the present thread has on that goes along with a piece of work, such as its place in a trace: puts that on
     * tasks which run on other threads.
     */
    default UnaryOperator<Runnable> context() {
        return UnaryOperator.identity();
    }

    /** A stream tells a status. */
    default void told(BackendStatus status) {}

    /** While a stream was open its backend has gone from one state to the next. */
    default void moved(BackendState from, BackendState to) {}

    /** While a stream was open its backend, which it has known from the beginning, became ready. */
    default void started(Duration sinceScheduled) {}

    /** A listener is told a state that is so much older, by two clocks that may differ: it may be negative. */
    default void delivered(Duration lag) {}

    /** A stream has lost its connection. */
    default void reconnecting() {}

    /** A stream has ended. */
    default void ended(StreamEnd end) {}

    /** An event is fired for the observers; its type is the simple name of a class. */
    default void fired(String type) {}

    /** How many backends are followed. */
    default int followedBackends() {
        return 0;
    }

    /** A call that is watched, with all its attempts. */
    interface Calling {

        /** Nobody watches. */
        Calling UNWATCHED = new Calling() {};

        /** It is made again. */
        default void retried() {}

        /** It has ended after so long; a success has no failure. */
        default void ended(Duration time, @Nullable Throwable failure) {}
    }

    /** An attempt that is watched. */
    interface Attempt {

        /** Nobody watches. */
        Attempt UNWATCHED = new Attempt() {};

        /** Puts it on a task, by which its request is made. */
        default Runnable inContext(Runnable task) {
            return task;
        }

        /** It has ended with an answer. */
        default void answered(int status) {}

        /** It has ended without an answer. */
        default void failed(Throwable failure) {}
    }
}
