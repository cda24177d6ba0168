package com.jamsocket.cdi;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.client.StatusFollower;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The backends that one client is followed on: each at most once at a time and never again after its end.
 *
 * <p>Streams are opened without blocking, so that {@code connect} returns as fast as without them. The lock guards the
 * two maps and is not held while the client or an observer is called.
 */
final class Following implements Hooks, AutoCloseable {

    /**
     * How many backends that are not followed any more are remembered; a server returns an ended one only for a while.
     */
    static final int REMEMBERED = 1000;

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    private final StateEvents events;
    private final Predicate<String> wanted;

    private final Map<String, FollowedBackend> followed = new HashMap<>();
    private final Map<String, FollowedBackend> past = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FollowedBackend> eldest) {
            return size() > REMEMBERED;
        }
    };
    private boolean closed;
    private volatile @Nullable Jamsocket client;

    /** For backends whose ids are wanted. */
    Following(StateEvents events, Predicate<String> wanted) {
        this.events = events;
        this.wanted = wanted;
    }

    /** Follows, from now on, the backends that this client connects to and tells of. */
    void begin(Jamsocket watched) {
        client = watched;
    }

    @Override
    public void connected(ConnectRequest request, ConnectResponse response) {
        follow(response.backendId());
    }

    /** Follows a backend, unless that is done already or of no use. Never throws: the connection was made. */
    void follow(String backendId) {
        try {
            if (isNew(backendId) && wanted.test(backendId)) {
                FollowedBackend backend = begin(backendId);
                if (backend != null) {
                    open(backend);
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The backend " + backendId + " cannot be followed", e);
        }
    }

    private synchronized boolean isNew(String backendId) {
        FollowedBackend earlier = past.get(backendId);
        return !closed && !followed.containsKey(backendId) && (earlier == null || !earlier.hasEnded());
    }

    private synchronized @Nullable FollowedBackend begin(String backendId) {
        if (!isNew(backendId)) {
            return null;
        }
        // One whose stream failed goes on where it stopped.
        FollowedBackend earlier = past.remove(backendId);
        FollowedBackend backend =
                earlier != null ? earlier : new FollowedBackend(backendId, events.forBackend(backendId), this::ended);
        followed.put(backendId, backend);
        return backend;
    }

    private void open(FollowedBackend backend) {
        CompletionStage<StatusSubscription> opening;
        try {
            opening = open(Objects.requireNonNull(client), backend);
        } catch (RuntimeException e) {
            failed(backend, e);
            return;
        }
        var unused = opening.whenComplete((subscription, failure) -> {
            if (failure != null) {
                failed(backend, failure);
            } else {
                opened(backend, subscription);
            }
        });
    }

    /** A client that an application has built by itself knows no following. */
    private static CompletionStage<StatusSubscription> open(Jamsocket client, FollowedBackend backend) {
        return client instanceof StatusFollower follower
                ? follower.follow(backend.id(), backend)
                : client.async().statusStream(backend.id(), backend);
    }

    private void opened(FollowedBackend backend, StatusSubscription subscription) {
        synchronized (this) {
            if (followed.get(backend.id()) == backend) {
                backend.attach(subscription);
                return;
            }
        }
        // Left, or ended, while it was being opened.
        subscription.close();
    }

    private void failed(FollowedBackend backend, Throwable failure) {
        if (forget(backend)) {
            LOG.log(Level.WARNING, "The backend " + backend.id() + " cannot be followed", failure);
        }
    }

    private void ended(FollowedBackend backend, StreamEnd end) {
        if (forget(backend) && end instanceof StreamEnd.Failed failed) {
            LOG.log(
                    Level.WARNING,
                    "The backend " + backend.id() + " is not followed any more, until it is connected to again",
                    failed.cause());
        }
    }

    /** Moves a backend to the past; false if all are being left anyway. */
    private synchronized boolean forget(FollowedBackend backend) {
        if (closed) {
            return false;
        }
        followed.remove(backend.id());
        backend.attach(null);
        past.put(backend.id(), backend);
        return true;
    }

    /** Leaves all backends. No observer is called any more, save for calls that had begun. */
    @Override
    public void close() {
        List<FollowedBackend> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(followed.values());
            followed.clear();
            past.clear();
        }
        left.forEach(FollowedBackend::leave);
    }
}
