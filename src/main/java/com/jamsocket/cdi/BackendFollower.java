package com.jamsocket.cdi;

import com.jamsocket.DoNotImplement;
import com.jamsocket.Jamsocket;
import java.util.List;

/**
 * Takes following into the application's hand: at start-up, for the backends that a database knows of, or for all with
 * the setting {@code jamsocket.follow=manual}, under which {@code connect} alone follows nothing.
 *
 * <p>{@code @Inject BackendFollower} is that of the client without a name, {@code @Inject @JamsocketService("docs")
 * BackendFollower} that of a named one. The methods do not block, and are safe for use by many threads.
 */
@DoNotImplement
public interface BackendFollower {

    /**
     * Follows a backend of which nothing is known but its id, as {@link #follow(BackendInfo)}.
     *
     * @throws IllegalArgumentException if no backend can have this id
     */
    default boolean follow(String backendId) {
        return follow(BackendInfo.builder(backendId).build());
    }

    /**
     * Follows a backend to its end: its states are fired as events, those from before included, and then one
     * {@link BackendEnd}. The opening is retried for as long as the client lives; if the server does not know the
     * backend, that is its end.
     *
     * @param backend what is known of the backend, for its events
     * @return whether following has begun; false if it is followed already, if its end was told, if nobody observes,
     *     and with {@code jamsocket.follow=false}
     */
    boolean follow(BackendInfo backend);

    /**
     * Leaves a backend, whose end is told as {@link com.jamsocket.StreamEnd.Closed}. A later {@code connect} that
     * returns it follows it again.
     *
     * @return whether it was followed
     */
    boolean unfollow(String backendId);

    /** Whether a backend is followed, be it that its stream is still being opened. */
    boolean isFollowed(String backendId);

    /** The backends that are followed at this moment, in no order. Unmodifiable. */
    List<BackendInfo> followed();

    /**
     * A follower with the same events over a client that the application has built by itself, such as that of an
     * {@code @Alternative}. Nothing tells it of that client's calls: hand it {@link BackendInfo#of} of each
     * {@code connect}, or what else is to be followed. It ends with the container; the client is its owner's to close,
     * which ends the streams as {@link com.jamsocket.StreamEnd.Closed}.
     */
    BackendFollower over(Jamsocket client);
}
