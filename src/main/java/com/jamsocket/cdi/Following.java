package com.jamsocket.cdi;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.client.StatusFollower;
import com.jamsocket.internal.config.FollowMode;
import com.jamsocket.internal.config.Setting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backends that one client is followed on: each at most once at a time and never again after its end.
 *
 * <p>Streams are opened without blocking, so that {@code connect} returns as fast as without them. The lock guards what
 * is followed and is not held while the client or an observer is called.
 */
final class Following implements Hooks, AutoCloseable {

    /**
     * How many backends that are not followed any more are remembered; a server returns an ended one only for a while.
     */
    static final int REMEMBERED = 1000;

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    /** How long an application that is undeployed waits for its claims to be given up; then their lease ends them. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** For how long backends that are lost alike share a line of the log. */
    static final Duration ONE_OUTAGE = Duration.ofMinutes(1);

    /** How many backends of a lost drone a line of the log names. */
    private static final int NAMED = 10;

    private final FailureLog lost = new FailureLog(LOG, Level.WARNING);
    private final ClientEvents events;
    private final FollowRules rules;
    private final Executor threads;
    private final @Nullable Claims claims;
    private final DroneWatch drones;

    private final Map<String, FollowedBackend> followed = new HashMap<>();
    private final Map<String, FollowedBackend> past = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FollowedBackend> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Those which are not followed any more, and whose ends are not told to all, or whose claims not given up. */
    private final Set<FollowedBackend> ending = new HashSet<>();

    private boolean closed;
    private volatile @Nullable Jamsocket client;

    /** The client, if it is of this library. */
    private volatile @Nullable StatusFollower follower;

    /**
     * Following that fires these events.
     *
     * @param threads runs code of the application
     */
    Following(ClientEvents events, FollowRules rules, Executor threads) {
        this.events = events;
        this.rules = rules;
        this.threads = threads;
        this.claims = rules.claims() == null ? null : new Claims(rules.claims(), rules.ticker(), threads);
        this.drones = new DroneWatch(rules.get(Setting.DRONE_LOST_AFTER), new Drones(), rules.ticker());
    }

    /** Follows, from now on, over this client. */
    void begin(Jamsocket watched) {
        client = watched;
        try {
            StatusFollower ours = StatusFollower.of(watched);
            if (ours != null) {
                follower = ours;
                events.watchedBy(ours.hooks());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "A client that refuses everything, it seems: what is followed will tell so", e);
        }
    }

    private boolean isClientClosed() {
        StatusFollower ours = follower;
        return ours != null && ours.isClosed();
    }

    /** Whether there is nothing to do any more: the client is closed, and all ends were told. */
    synchronized boolean isOver() {
        return isClientClosed() && followed.isEmpty() && ending.isEmpty();
    }

    @Override
    public int followedBackends() {
        return (int) backends().filter(FollowedBackend::isFollowed).count();
    }

    @Override
    public void connected(ConnectRequest request, ConnectResponse response) {
        if (rules.get(Setting.FOLLOW) == FollowMode.ALL) {
            follow(BackendInfo.of(request, response, rules.ticker().now()));
        }
    }

    /**
     * Follows a backend, unless that is done already or of no use. Never throws: the connection was made.
     *
     * @return whether following has begun
     */
    boolean follow(BackendInfo told) {
        try {
            BackendInfo info = told.toBuilder().client(rules.client()).build();
            if (isFollowedAgain(info)) {
                return true;
            }
            FollowedBackend backend = isNew(info) && isWanted(info) ? begin(info) : null;
            if (backend != null) {
                start(backend);
                announceLimit(backend);
                drones.watch();
            }
            return backend != null;
        } catch (RuntimeException e) {
            logLost("JAMSOCKET-202 The backend " + told.backendId() + " cannot be followed", e);
            return false;
        }
    }

    private boolean isWanted(BackendInfo info) {
        return rules.get(Setting.FOLLOW) != FollowMode.NONE && events.areObserved(info.backendId());
    }

    private boolean isNew(BackendInfo info) {
        FollowedBackend known;
        synchronized (this) {
            known = followed.get(info.backendId());
            if (known == null) {
                return isFree(info.backendId());
            }
        }
        if (known.learn(info)) {
            announceLimit(known);
            drones.watch();
        }
        return false;
    }

    /** Whether it is still to tell that it ends before its backend, and is followed again after that. */
    private boolean isFollowedAgain(BackendInfo info) {
        // With what this thread has on, such as its place in a trace.
        Runnable again = events.hooks().context().apply(() -> follow(info));
        synchronized (this) {
            FollowedBackend known = followed.get(info.backendId());
            return known != null && known.followAgain(again);
        }
    }

    private boolean isFree(String backendId) {
        FollowedBackend earlier = past.get(backendId);
        return !closed && !followed.containsKey(backendId) && (earlier == null || !earlier.isGone());
    }

    private synchronized @Nullable FollowedBackend begin(BackendInfo info) {
        if (!isFree(info.backendId())) {
            return null;
        }
        // What was left, or failed, goes on where it stopped.
        FollowedBackend earlier = past.remove(info.backendId());
        BackendEvents told = events.forBackend(info.backendId(), earlier);
        FollowedBackend backend =
                earlier == null ? new FollowedBackend(info, told) : new FollowedBackend(info, told, earlier);
        if (claims != null) {
            backend.claimBy(claims.on(backend.id(), new Holder(backend)));
        }
        followed.put(info.backendId(), backend);
        return backend;
    }

    /** Sets a timer for the event ahead of the lifetime limit, if this node tells of the backend by now. */
    private void announceLimit(FollowedBackend backend) {
        Instant expires = backend.info().expires();
        Instant now = rules.ticker().now();
        if (!backend.isTold()
                || expires == null
                || !expires.isAfter(now)
                || !events.areExpiriesObserved(backend.id())) {
            return;
        }
        Duration left = Duration.between(now, expires.minus(rules.get(Setting.EXPIRY_NOTICE)));
        backend.noticeBy(rules.ticker()
                .after(
                        left.isNegative() ? Duration.ZERO : left,
                        () -> threads.execute(() -> backend.fireExpiring(expires))));
    }

    /** Opens the stream, at once or when this node is to tell of the backend. */
    private void start(FollowedBackend backend) {
        if (claims == null) {
            open(backend);
        } else {
            backend.askForClaim();
        }
    }

    private final class Holder implements Claim.Holder {
        private final FollowedBackend backend;

        Holder(FollowedBackend backend) {
            this.backend = backend;
        }

        @Override
        public BackendInfo info() {
            return backend.info();
        }

        @Override
        public void granted() {
            if (backend.isOver()) {
                // Lost while its end is being told, and held again.
                return;
            }
            backend.events().runForCaller(() -> open(backend));
            // It may have been due while another node told of the backend, or none.
            announceLimit(backend);
        }

        @Override
        public void taken() {
            backend.taken();
            if (isClientClosed()) {
                leaveUntold(backend);
            }
        }

        @Override
        public void lost() {
            backend.pause();
            if (backend.isLeft()) {
                leaveUntold(backend);
            }
        }

        @Override
        public void over() {
            leaveUntold(backend);
        }
    }

    /** The drones that backends are followed on. */
    private final class Drones implements DroneWatch.Backends {

        @Override
        public Set<String> drones() {
            return backends()
                    .map(backend -> backend.info().drone())
                    .filter(Objects::nonNull)
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public @Nullable CompletionStage<ClusterState> look() {
            StatusFollower ours = follower;
            return ours == null ? null : ours.clusterState();
        }

        @Override
        public void draining(String drone) {
            on(drone)
                    .filter(FollowedBackend::isTold)
                    .forEach(backend -> threads.execute(() -> backend.fireDraining(drone)));
        }

        @Override
        public void lost(String drone) {
            List<FollowedBackend> lost =
                    on(drone).filter(FollowedBackend::isTold).toList();
            if (!lost.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "JAMSOCKET-209 The drone " + drone + " is lost, and so are its backends that have not ended: "
                                + lost.stream()
                                        .map(FollowedBackend::id)
                                        .limit(NAMED)
                                        .toList() + ", "
                                + lost.size() + " in all");
            }
            lost.forEach(backend -> loseUnlessOver(backend, drone));
        }

        private Stream<FollowedBackend> on(String drone) {
            return backends().filter(backend -> drone.equals(backend.info().drone()));
        }

        /** What has ended before its drone was lost, ends by its stream. */
        private void loseUnlessOver(FollowedBackend backend, String drone) {
            var unused = Objects.requireNonNull(client)
                    .async()
                    .status(backend.id())
                    .thenAccept(state -> {
                        if (!(state instanceof BackendState.Terminated)) {
                            backend.lose(drone);
                        }
                    });
        }
    }

    private void open(FollowedBackend backend) {
        FollowedBackend.Stream stream = backend.begin(this::ended);
        CompletableFuture<StatusSubscription> opening;
        try {
            opening = open(Objects.requireNonNull(client), backend.id(), stream).toCompletableFuture();
        } catch (RuntimeException e) {
            failed(backend, stream, e);
            return;
        }
        stream.opening(opening);
        var unused = opening.whenComplete((subscription, failure) -> {
            if (failure == null) {
                stream.opened(subscription);
            } else {
                failed(backend, stream, failure);
            }
        });
    }

    /** A client that is not ours is asked for the state first, as ours do by themselves. */
    private CompletionStage<StatusSubscription> open(
            Jamsocket client, String backendId, FollowedBackend.Stream stream) {
        StatusFollower ours = follower;
        if (ours != null) {
            return ours.follow(backendId, stream, stream::found);
        }
        return client.async().status(backendId).thenCompose(state -> {
            stream.found(state);
            // Here: who waits for both may have given up before this comes.
            return client.async().statusStream(backendId, stream).thenApply(subscription -> {
                stream.opened(subscription);
                return subscription;
            });
        });
    }

    private void failed(FollowedBackend backend, FollowedBackend.Stream stream, Throwable failure) {
        if (!stream.isCurrent() || !backend.beginEnd()) {
            return;
        }
        StreamEnd end = backend.endAfter(endBy(failure));
        if (!(end instanceof StreamEnd.Closed)) {
            logLost("JAMSOCKET-202 The backend " + backend.id() + " cannot be followed", failure);
        }
        // Not on the thread of whoever has connected.
        threads.execute(() -> tellEnd(backend, end));
    }

    private static StreamEnd endBy(Throwable failure) {
        Throwable cause = Stages.unwrap(failure);
        if (cause instanceof BackendNotFoundException) {
            return StreamEnd.forgotten(null);
        }
        // Anything else comes of a client that is closed.
        return cause instanceof JamsocketException known ? StreamEnd.failed(known) : StreamEnd.closed();
    }

    private void ended(FollowedBackend backend, StreamEnd how) {
        if (!backend.beginEnd()) {
            return;
        }
        StreamEnd end = backend.endAfter(how);
        if (end instanceof StreamEnd.Failed failed) {
            logLost(
                    "JAMSOCKET-203 The backend " + backend.id()
                            + " is not followed any more, until it is connected to again",
                    failed.cause());
        }
        tellEnd(backend, end);
    }

    private void tellEnd(FollowedBackend backend, StreamEnd end) {
        forget(backend, backend.fireEnd(end));
    }

    /** Leaves a backend of which another node tells, or has told. */
    private void leaveUntold(FollowedBackend backend) {
        if (backend.beginEnd()) {
            forget(backend, backend.stop());
        }
    }

    /** Moves a backend to the past, where it ends; only now may it be followed again, or its events would be mixed. */
    private void forget(FollowedBackend backend, CompletableFuture<?> over) {
        synchronized (this) {
            if (closed) {
                return;
            }
            followed.remove(backend.id(), backend);
            past.put(backend.id(), backend);
            ending.add(backend);
        }
        var unused = over.thenRun(() -> {
            synchronized (this) {
                ending.remove(backend);
            }
        });
        Runnable again = backend.followingAgain();
        if (again != null) {
            again.run();
        }
    }

    /** A line for all that is lost alike within a while: what takes one backend away mostly takes others too. */
    private void logLost(String message, Throwable failure) {
        Throwable cause = Objects.requireNonNull(Stages.unwrap(failure));
        if (lost.logBriefly(cause.getClass().getName(), message, cause)) {
            try {
                var unused = rules.ticker().after(ONE_OUTAGE, lost::end);
            } catch (RejectedExecutionException e) {
                // The application is being undeployed: the close tells of it.
                return;
            }
        }
    }

    /** Leaves a backend, and tells whether it was followed. */
    boolean unfollow(String backendId) {
        FollowedBackend backend;
        synchronized (this) {
            backend = followed.get(backendId);
        }
        if (backend == null || !backend.isFollowed()) {
            return false;
        }
        backend.leave();
        if (!backend.isTold() && claims != null) {
            leaveUntold(backend);
        }
        return true;
    }

    boolean isFollowed(String backendId) {
        FollowedBackend backend;
        synchronized (this) {
            backend = followed.get(backendId);
        }
        return backend != null && backend.isFollowed();
    }

    List<BackendInfo> followed() {
        return backends()
                .filter(FollowedBackend::isFollowed)
                .map(FollowedBackend::info)
                .toList();
    }

    private synchronized Stream<FollowedBackend> backends() {
        return List.copyOf(followed.values()).stream();
    }

    /**
     * Leaves all backends. No observer is called any more, save for calls that had begun. Waits a little for claims to
     * be given up: they are the application's, which ends after this.
     */
    @Override
    public void close() {
        List<FollowedBackend> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(followed.values());
            left.addAll(ending);
            followed.clear();
            past.clear();
            ending.clear();
        }
        if (!areDone(left, FollowedBackend::stop)) {
            // An observer that was being told of an end has not returned: another node is to tell it.
            areDone(left, backend -> backend.unclaim(false));
        }
        lost.end();
    }

    private static boolean areDone(
            List<FollowedBackend> backends, Function<FollowedBackend, CompletableFuture<@Nullable Void>> leave) {
        CompletableFuture<?>[] done = backends.stream().map(leave).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(done).get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.DEBUG, "Claims are not given up yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
