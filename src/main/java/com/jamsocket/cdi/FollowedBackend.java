package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.client.StateDeduplication;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend that is followed. It may outlive a stream: when that failed and another is opened, the statuses which were
 * fired before are not fired again.
 */
final class FollowedBackend implements StatusListener {

    private final String id;
    private final BackendEvents events;
    private final BiConsumer<FollowedBackend, StreamEnd> whenEnded;

    // Touched by the listener's calls only, which come one at a time.
    private final StateDeduplication fired = new StateDeduplication();

    private volatile boolean ended;
    private volatile @Nullable StatusSubscription subscription;

    FollowedBackend(String id, BackendEvents events, BiConsumer<FollowedBackend, StreamEnd> whenEnded) {
        this.id = id;
        this.events = events;
        this.whenEnded = whenEnded;
    }

    String id() {
        return id;
    }

    /** Whether the backend itself is gone. */
    boolean hasEnded() {
        return ended;
    }

    /** The stream that is open, for leaving it; null for none. */
    void attach(@Nullable StatusSubscription subscription) {
        this.subscription = subscription;
    }

    @Override
    public void onState(BackendState state) {
        if (fired.add(state)) {
            events.fire(state);
        }
    }

    @Override
    public void onEnd(StreamEnd end) {
        ended = !(end instanceof StreamEnd.Failed) && !(end instanceof StreamEnd.Closed);
        whenEnded.accept(this, end);
    }

    /** Fires nothing any more and closes the stream. */
    void leave() {
        events.stop();
        StatusSubscription open = subscription;
        if (open != null) {
            open.close();
        }
    }
}
