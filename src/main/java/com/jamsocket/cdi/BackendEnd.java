package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.StreamEnd;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A backend is not followed any more. Fired exactly once for each following, after everything else of it, whatever way
 * it ends:
 *
 * <table>
 * <caption>How following ends</caption>
 * <tr><th>{@code how}</th><th>When</th></tr>
 * <tr><td>{@link StreamEnd.Terminated}</td><td>the backend has terminated</td></tr>
 * <tr><td>{@link StreamEnd.Forgotten}</td><td>the server does not know the backend, or not any more</td></tr>
 * <tr><td>{@link StreamEnd.DroneLost}</td><td>the drone that ran the backend is gone (Plane)</td></tr>
 * <tr><td>{@link StreamEnd.Failed}</td><td>refused for good, or a limit was reached: nothing is known of the
 * backend</td></tr>
 * <tr><td>{@link StreamEnd.Closed}</td><td>left, by {@link BackendFollower#unfollow}</td></tr>
 * </table>
 *
 * <p>After the last two the backend may live on, and the next {@code connect} that returns it begins a following
 * anew, which tells the states that were not told yet, and ends once by itself.
 *
 * <p>It is not fired when the application is undeployed, for the backends go on: neither are their ends known, nor do
 * containers take events then.
 *
 * <p>The record may gain components: make it with {@link #of}.
 *
 * @param backend what is known of the backend
 * @param how how following ended
 * @param lastState the last state that was told, or null if there was none
 */
public record BackendEnd(BackendInfo backend, StreamEnd how, @Nullable BackendState lastState) {

    /** Validates that what is required is not null. */
    public BackendEnd {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(how, "how");
    }

    /** The event of an end. */
    public static BackendEnd of(BackendInfo backend, StreamEnd how, @Nullable BackendState lastState) {
        return new BackendEnd(backend, how, lastState);
    }

    /** The id of the backend. */
    public String backendId() {
        return backend.backendId();
    }

    /** Whether the backend itself is gone: it has terminated, or its server or drone does not have it any more. */
    public boolean isGone() {
        return !(how instanceof StreamEnd.Failed) && !(how instanceof StreamEnd.Closed);
    }
}
