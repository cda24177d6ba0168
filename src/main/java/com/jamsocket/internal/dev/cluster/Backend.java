package com.jamsocket.internal.dev.cluster;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One backend: its states so far and those who wait for more. On one thread only, so that whoever joins sees the past
 * and then the present, without gap or repetition.
 */
public final class Backend {

    private final String id;
    private final ConnectSpec spec;
    private final long fencingToken;
    private final List<BackendState> history = new ArrayList<>(8);
    private final List<Consumer<BackendState>> followers = new ArrayList<>(2);
    private final Map<Timer, Future<?>> timers = new EnumMap<>(Timer.class);
    private final Deque<Token> tokens = new ArrayDeque<>(1);
    private final LogRing log = new LogRing();
    private @Nullable Run run;
    private @Nullable Integer exitCode;
    private final int restarts;
    private Instant idleSince;
    private int openRequests;

    /** What a backend has timers for, one of each at most. */
    enum Timer {
        STEP,
        LIFETIME,
        IDLE,
        READY,
        GRACE
    }

    Backend(String id, ConnectSpec spec, long fencingToken, int restarts, Instant idleSince) {
        this.id = id;
        this.spec = spec;
        this.fencingToken = fencingToken;
        this.restarts = restarts;
        this.idleSince = idleSince;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** What it was started for. */
    public ConnectSpec spec() {
        return spec;
    }

    /** A number that is larger for each later backend. */
    public long fencingToken() {
        return fencingToken;
    }

    /** What runs in it, or null if nothing does. */
    @Nullable
    Run run() {
        return run;
    }

    void runs(Run started) {
        run = started;
    }

    /** Whether something runs in it: its statuses follow that, and requests go there. */
    public boolean isLaunched() {
        return run != null;
    }

    /** Where it answers; null if nothing runs in it, or until that answers. */
    public @Nullable InetSocketAddress address() {
        return run == null ? null : run.address();
    }

    /** Its log lines. */
    public LogRing log() {
        return log;
    }

    void exited(@Nullable Integer code) {
        exitCode = code;
    }

    /** The exit code of what ran in it, or null. */
    public @Nullable Integer exitCode() {
        return exitCode;
    }

    /** Its states so far, at least one. */
    public List<BackendState> history() {
        return List.copyOf(history);
    }

    /** The present state. */
    public BackendState state() {
        return history.get(history.size() - 1);
    }

    /** The present status. */
    public BackendStatus status() {
        return state().status();
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return !history.isEmpty() && status().isTerminal();
    }

    /** Moves forward; whatever is not forward changes nothing. An unknown status has no place and may come anywhere. */
    boolean move(BackendState state) {
        if (isOver() || !isForward(state.status())) {
            return false;
        }
        history.add(state);
        List.copyOf(followers).forEach(follower -> follower.accept(state));
        return true;
    }

    private boolean isForward(BackendStatus next) {
        return history.isEmpty() || next == BackendStatus.UNKNOWN || next.isAfter(place().status());
    }

    /** Its last state but for those of an unknown status: how far it has come. */
    BackendState place() {
        return history.stream()
                .filter(state -> state.status() != BackendStatus.UNKNOWN)
                .reduce(history.get(0), (former, later) -> later);
    }

    /** Tells the past, except what is up to a status that is known already, and then everything that comes. */
    public void follow(@Nullable BackendStatus known, Consumer<BackendState> follower) {
        history().stream().skip(countUpTo(known)).forEach(follower);
        followers.add(follower);
    }

    /** How many states there are up to a status, or to the last one before it. */
    private int countUpTo(@Nullable BackendStatus known) {
        int count = history.size();
        while (count > 0 && !isUpTo(known, history.get(count - 1).status())) {
            count--;
        }
        return count;
    }

    private static boolean isUpTo(@Nullable BackendStatus known, BackendStatus past) {
        return known != null && (past == known || known.isAfter(past));
    }

    /** Tells this follower nothing more. Returns whether it was one. */
    public boolean unfollow(Consumer<BackendState> follower) {
        return followers.remove(follower);
    }

    /** The token that was made last and leads to it, or null. */
    public @Nullable Token newestToken() {
        return tokens.peekLast();
    }

    /** The tokens that lead to it, oldest first. */
    Deque<Token> tokens() {
        return tokens;
    }

    /** Sets a timer in the place of the one before. One that has ended has none, which would keep it. */
    void set(Timer timer, Future<?> future) {
        cancel(timer);
        if (isOver()) {
            future.cancel(false);
        } else {
            timers.put(timer, future);
        }
    }

    void cancel(Timer timer) {
        Future<?> future = timers.remove(timer);
        if (future != null) {
            future.cancel(false);
        }
    }

    void cancelTimers() {
        List.of(Timer.values()).forEach(this::cancel);
    }

    /** One more request is under way. */
    void requestBegins() {
        openRequests++;
    }

    /** How many connections and requests are open. */
    public int openRequests() {
        return openRequests;
    }

    /** Since when there is none; of no meaning while there is one. */
    public Instant idleSince() {
        return idleSince;
    }

    /** How many backends have held its key before. */
    public int restarts() {
        return restarts;
    }

    /** One less is; whether there is none any more. */
    boolean requestEnds(Instant now) {
        openRequests--;
        idleSince = now;
        return openRequests == 0;
    }
}
