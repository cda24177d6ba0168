package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.client.StateDeduplication;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A following of one backend, with its one end. It may outlive a stream. When it has ended before its backend and
 * another one takes its place, the statuses that were fired before are not fired again.
 */
final class FollowedBackend {

    private final BackendEvents events;
    private final StateDeduplication fired;

    private volatile BackendInfo info;
    private volatile @Nullable BackendState last;

    /** Whether another node may have told of it before this one. */
    private volatile boolean mayBeToldElsewhere;

    private volatile boolean gone;

    // Guarded by this.
    private @Nullable Stream stream;
    private @Nullable Future<?> notice;
    private @Nullable Runnable again;
    private @Nullable String lostDrone;
    private @Nullable Instant expiringTold;
    private boolean drainingTold;
    private boolean left;
    private boolean ending;
    private boolean keepsClaim;
    private boolean stopped;

    /** Set before other threads see this. */
    private @Nullable Claim claim;

    /** The following of a backend. */
    FollowedBackend(BackendInfo info, BackendEvents events) {
        this.info = info;
        this.events = events;
        this.fired = new StateDeduplication();
    }

    /** The following of a backend after an earlier one, which has ended. */
    FollowedBackend(BackendInfo info, BackendEvents events, FollowedBackend earlier) {
        this.info = moreOf(earlier.info, info);
        this.events = events;
        this.fired = earlier.fired;
        this.last = earlier.last;
        this.mayBeToldElsewhere = earlier.claim != null;
        synchronized (earlier) {
            this.expiringTold = earlier.expiringTold;
            this.drainingTold = earlier.drainingTold;
        }
    }

    /** The call that started a backend knows more of it than one that has found it. */
    private static BackendInfo moreOf(BackendInfo known, BackendInfo told) {
        return known.startedHere() ? known : told;
    }

    String id() {
        return info.backendId();
    }

    BackendInfo info() {
        return info;
    }

    BackendEvents events() {
        return events;
    }

    /** Whether the backend itself is gone. */
    boolean isGone() {
        return gone;
    }

    /** Takes over what another call tells, if it started the backend; tells whether it did. */
    boolean learn(BackendInfo told) {
        boolean news = told.startedHere() && !info.startedHere();
        if (news) {
            info = told;
        }
        return news;
    }

    /** A stream of the backend; what comes from one before does not count any more. */
    synchronized Stream begin(BiConsumer<FollowedBackend, StreamEnd> whenEnded) {
        Stream begun = new Stream(whenEnded, left || stopped);
        stream = begun;
        return begun;
    }

    /** The timer of its limit; null for none. */
    synchronized void noticeBy(@Nullable Future<?> timer) {
        if (notice != null) {
            notice.cancel(false);
        }
        notice = timer;
    }

    /** It is told of only while this claim is held. */
    void claimBy(Claim needed) {
        claim = needed;
    }

    /** Asks for its claim. */
    void askForClaim() {
        Objects.requireNonNull(claim).begin();
    }

    /** Another node has the claim. */
    void taken() {
        mayBeToldElsewhere = true;
    }

    /** Begins its end, once; false if it was begun before, or nothing is told any more. */
    synchronized boolean beginEnd() {
        boolean first = !isOver();
        ending = true;
        return first;
    }

    /** Whether its end has begun, or nothing is told any more. */
    synchronized boolean isOver() {
        return ending || stopped;
    }

    /**
     * Has it followed again when its end was told, if it ends before its backend.
     *
     * @return whether that is so
     */
    synchronized boolean followAgain(Runnable following) {
        boolean taken = isLeft() || (ending && !gone);
        if (taken) {
            again = following;
        }
        return taken;
    }

    /** Whether it ends before its backend because somebody has asked for that. */
    synchronized boolean isLeft() {
        return left && !gone;
    }

    /** What follows it again, now that its end was told; null for nothing. */
    synchronized @Nullable Runnable followingAgain() {
        return again;
    }

    /** Whether it is followed, or will be again. */
    synchronized boolean isFollowed() {
        return !isOver() || again != null;
    }

    /** Whether this node tells of the backend. */
    synchronized boolean isTold() {
        return stream != null;
    }

    /** Closes the stream, which tells its end. */
    void leave() {
        Stream open;
        synchronized (this) {
            left = true;
            again = null;
            open = stream;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Its drone is lost: closes the stream, which tells that as its end. */
    void lose(String drone) {
        synchronized (this) {
            lostDrone = drone;
        }
        gone = true;
        leave();
    }

    /** Fires, once, that it ends at its limit, if this node tells of it. */
    void fireExpiring(Instant expires) {
        synchronized (this) {
            if (stream == null || expires.equals(expiringTold)) {
                return;
            }
            expiringTold = expires;
        }
        events.fire(BackendExpiring.of(info, expires));
    }

    /** Fires, once, that its drone is being drained. */
    void fireDraining(String drone) {
        synchronized (this) {
            if (stream == null || drainingTold) {
                return;
            }
            drainingTold = true;
        }
        events.fire(BackendDraining.of(info, drone));
    }

    /** The claim is lost: closes the stream, if there is one, and tells nothing. */
    void pause() {
        mayBeToldElsewhere = true;
        closeUntold();
    }

    private void closeUntold() {
        Stream open;
        synchronized (this) {
            open = stream;
            stream = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Fires nothing any more, closes the stream and gives up the claim; done when that is given up. */
    CompletableFuture<@Nullable Void> stop() {
        events.stop();
        noticeBy(null);
        boolean keeps;
        synchronized (this) {
            stopped = true;
            keeps = keepsClaim;
        }
        closeUntold();
        // While the end is being told, how that goes says how the claim is to be given up.
        return claim != null && keeps ? claim.given() : unclaim(false);
    }

    /** Gives up the claim, if there is one, whatever is still being told; done when that is done. */
    CompletableFuture<@Nullable Void> unclaim(boolean ended) {
        return claim == null ? CompletableFuture.completedFuture(null) : claim.end(ended);
    }

    /** How it has ended, when its stream has ended in this way. */
    synchronized StreamEnd endAfter(StreamEnd how) {
        if (last instanceof BackendState.Terminated terminated) {
            return StreamEnd.terminated(terminated);
        }
        if (lostDrone != null && !isGone(how)) {
            return StreamEnd.droneLost(lostDrone, last);
        }
        return left && how instanceof StreamEnd.Failed ? StreamEnd.closed() : how;
    }

    private static boolean isGone(StreamEnd how) {
        return !(how instanceof StreamEnd.Failed) && !(how instanceof StreamEnd.Closed);
    }

    /**
     * Fires the end. The claim of a backend that is gone is kept until all observers were told: where this node is
     * killed meanwhile, another one is to tell them.
     *
     * @return done when the observers have returned and the claim, if there was one, is given up
     */
    CompletableFuture<@Nullable Void> fireEnd(StreamEnd how) {
        noticeBy(null);
        BackendEnd end = BackendEnd.of(info, how, last);
        synchronized (this) {
            stream = null;
            keepsClaim = end.isGone();
        }
        CompletableFuture<Boolean> told = events.fireLast(end);
        if (!end.isGone()) {
            var unused = unclaim(false);
        }
        return told.thenCompose(all -> unclaim(all && end.isGone()));
    }

    /** One stream of the backend. */
    final class Stream implements StatusListener {

        private final BiConsumer<FollowedBackend, StreamEnd> whenEnded;
        private volatile @Nullable BackendState found;
        private @Nullable Future<?> opening;
        private @Nullable StatusSubscription subscription;
        private boolean closed;

        private Stream(BiConsumer<FollowedBackend, StreamEnd> whenEnded, boolean closed) {
            this.whenEnded = whenEnded;
            this.closed = closed;
        }

        /** The state in which the backend was when the stream was opened. */
        void found(BackendState state) {
            found = state;
        }

        /** It is being opened: cancelling this gives it up. */
        void opening(Future<?> stage) {
            synchronized (this) {
                opening = stage;
                if (!closed) {
                    return;
                }
            }
            stage.cancel(true);
        }

        /** It has been opened, be it too late. */
        void opened(StatusSubscription open) {
            synchronized (this) {
                subscription = open;
                if (!closed) {
                    return;
                }
            }
            open.close();
        }

        /** Whether it still counts. */
        boolean isCurrent() {
            synchronized (FollowedBackend.this) {
                return stream == this;
            }
        }

        private void close() {
            StatusSubscription open;
            Future<?> stage;
            synchronized (this) {
                closed = true;
                open = subscription;
                stage = opening;
            }
            if (open != null) {
                open.close();
            } else if (stage != null) {
                stage.cancel(true);
            }
        }

        @Override
        public void onState(BackendState state) {
            if (isCurrent() && fired.add(state)) {
                last = state;
                gone |= state instanceof BackendState.Terminated;
                events.fire(state);
                events.fire(BackendEvent.of(info, state, isHistory(state)));
            }
        }

        private boolean isHistory(BackendState state) {
            BackendState first = found;
            if (first == null || (info.startedHere() && !mayBeToldElsewhere)) {
                return false;
            }
            if (state.status() == BackendStatus.UNKNOWN || first.status() == BackendStatus.UNKNOWN) {
                Instant time = first.time();
                return !state.time().isAfter(time);
            }
            return !state.status().isAfter(first.status());
        }

        @Override
        public void onEnd(StreamEnd how) {
            if (isCurrent()) {
                gone |= isGone(how);
                whenEnded.accept(FollowedBackend.this, how);
            }
        }
    }
}
