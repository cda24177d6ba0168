package com.jamsocket.internal.dev.cluster;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.cluster.ClusterException.Reason;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All backends, keys and tokens: the one state that is told in both dialects. On the ticker's thread only. */
public final class Cluster {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    /** Ended backends beyond these are forgotten, oldest first, and so are the tokens of one backend. */
    private static final int REMEMBERED = 10_000;

    private final Ticker ticker;
    private final Lifecycles lifecycles;
    private final BiConsumer<String, BackendState> onChange;
    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private final Map<Key, Backend> keys = new HashMap<>();
    private final Map<String, Token> tokens = new HashMap<>();
    private final Queue<String> nextIds = new ArrayDeque<>();
    private final Set<String> ended = new LinkedHashSet<>();
    private final Map<Key, Integer> holders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Consumer<Backend> onUse = backend -> {};
    private BiConsumer<String, LogRing.Line> onLog = (id, line) -> {};
    private long fencingToken;
    private boolean draining;
    private boolean closed;
    private int spawned;

    private record Key(String namespace, String name) {}

    /**
     * An empty cluster.
     *
     * @param ticker the time in it
     * @param step how long each status lasts until the next; null if backends move only as they are told
     * @param onChange called with each change of a backend; what it throws is logged
     */
    public Cluster(Ticker ticker, @Nullable Duration step, BiConsumer<String, BackendState> onChange) {
        this(ticker, step, null, onChange);
    }

    /**
     * An empty cluster whose backends may run somewhere.
     *
     * @param launching how they get to run; null if none does
     */
    public Cluster(
            Ticker ticker,
            @Nullable Duration step,
            @Nullable Launching launching,
            BiConsumer<String, BackendState> onChange) {
        this.ticker = ticker;
        // Larger than those of servers before.
        this.fencingToken = ticker.now().toEpochMilli();
        this.lifecycles = new Lifecycles(ticker, step, launching, this);
        this.onChange = onChange;
    }

    /** Tells this listener of each request to a backend that begins or ends, and of each new token of one. */
    public void onUse(Consumer<Backend> listener) {
        onUse = listener;
    }

    /** Tells this listener each log line of a backend, on the thread that brings it. */
    public void onLog(BiConsumer<String, LogRing.Line> listener) {
        onLog = listener;
    }

    /**
     * Finds or starts a backend.
     *
     * @throws ClusterException if it can do neither
     */
    public ConnectResult connect(ConnectSpec spec) {
        Key key = key(spec);
        Backend holder = key == null ? null : keys.get(key);
        if (holder != null) {
            if (!holder.spec().keyTag().equals(spec.keyTag())) {
                throw new ClusterException(Reason.KEY_HELD);
            }
            return new ConnectResult(holder, false, admit(holder, spec));
        }
        if (!spec.spawn()) {
            throw new ClusterException(Reason.KEY_UNHELD);
        }
        Backend backend = spawn(spec);
        return new ConnectResult(backend, true, admit(backend, spec));
    }

    private static @Nullable Key key(ConnectSpec spec) {
        String name = spec.key();
        return name == null ? null : new Key(spec.namespace(), name);
    }

    private Backend spawn(ConnectSpec spec) {
        Reason obstacle = draining || closed ? Reason.NO_DRONE : spec.obstacle();
        if (obstacle != null) {
            throw new ClusterException(obstacle);
        }
        String id = spec.backendId() == null ? nextId() : spec.backendId();
        if (backends.containsKey(id)) {
            throw new ClusterException(Reason.ID_IN_USE);
        }
        Key key = key(spec);
        int restarts = key == null ? 0 : holders.merge(key, 1, Integer::sum) - 1;
        Backend backend = new Backend(id, spec, ++fencingToken, restarts, ticker.now());
        spawned++;
        backends.put(id, backend);
        if (key != null) {
            keys.put(key, backend);
        }
        if (spec.staticToken()) {
            // A process is started with it.
            admit(backend, spec);
        }
        lifecycles.begin(backend);
        return backend;
    }

    private String nextId() {
        String told = nextIds.poll();
        return told != null ? told : RandomName.next(ticker.random());
    }

    private Token admit(Backend backend, ConnectSpec spec) {
        if (backend.spec().staticToken() && !backend.tokens().isEmpty()) {
            return backend.tokens().getFirst();
        }
        Token token = backend.spec().staticToken()
                ? Token.forAll(backend, ticker.random())
                : Token.forUser(backend, spec.user(), spec.auth(), ticker.random());
        if (!backend.isOver()) {
            backend.tokens().addLast(token);
            tokens.put(token.text(), token);
            if (backend.tokens().size() > REMEMBERED) {
                tokens.remove(backend.tokens().removeFirst().text());
            }
            onUse.accept(backend);
        }
        return token;
    }

    /** Begins to end a backend: softly, hard, or hard after softly. */
    public void terminate(Backend backend, boolean hard, TerminationReason reason) {
        lifecycles.terminate(backend, hard, reason);
    }

    /** Moves a backend on; whether it moved: not to what is not further on. */
    public boolean move(Backend backend, BackendState state) {
        boolean moved = backend.move(state);
        if (moved) {
            if (backend.isOver()) {
                backend.cancelTimers();
                backend.log().end();
                endRun(backend);
                release(backend);
                remember(backend);
            }
            tell(backend, state);
        }
        return moved;
    }

    /** Whoever moved the backend to its end, nothing goes on running in it. */
    private static void endRun(Backend backend) {
        Run run = backend.run();
        if (run != null) {
            run.kill();
        }
    }

    /** Moves a backend on, over the statuses before this one; whether it moved. */
    public boolean advance(Backend backend, BackendStatus status) {
        return lifecycles.advance(backend, status);
    }

    /** Ends a backend as if it had ended itself with this exit code. */
    public void crash(Backend backend, int exitCode) {
        lifecycles.crash(backend, exitCode);
    }

    /** Adds a log line to a backend's; on any thread. */
    public void log(Backend backend, String text) {
        LogRing.Line line = backend.log().add(ticker.now(), text);
        try {
            onLog.accept(backend.id(), line);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A listener failed", e);
        }
    }

    /**
     * Ends what runs, softly, and lets the keys go at once, so that the next connect starts anew.
     *
     * @param why a log line of each
     * @return how many backends that are
     */
    public int restart(String why) {
        List<Backend> running = backends.values().stream()
                .filter(backend -> backend.isLaunched() && !backend.isOver())
                .toList();
        for (Backend backend : running) {
            log(backend, why);
            releaseKey(backend);
            terminate(backend, false, TerminationReason.EXTERNAL);
        }
        return running.size();
    }

    /** Starts no more backends, and gives what runs, for the caller to end. */
    public List<Launched> close() {
        closed = true;
        return backends.values().stream()
                .map(Backend::run)
                .filter(Objects::nonNull)
                .map(Run::launched)
                .filter(Objects::nonNull)
                .filter(launched -> !launched.exit().toCompletableFuture().isDone())
                .toList();
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes key and tokens from a backend. What that costs does not grow with the number of others. */
    private void release(Backend backend) {
        releaseKey(backend);
        backend.tokens().forEach(token -> tokens.remove(token.text()));
        backend.tokens().clear();
    }

    private void releaseKey(Backend backend) {
        Key key = key(backend.spec());
        if (key != null) {
            keys.remove(key, backend);
        }
    }

    private void remember(Backend backend) {
        if (backends.get(backend.id()) == backend) {
            ended.add(backend.id());
            if (ended.size() > REMEMBERED) {
                Iterator<String> oldest = ended.iterator();
                backends.remove(oldest.next());
                oldest.remove();
            }
        }
    }

    private void tell(Backend backend, BackendState state) {
        try {
            onChange.accept(backend.id(), state);
        } catch (RuntimeException | Error e) {
            // The backend goes on; its life is not the listener's affair.
            LOG.log(Level.ERROR, "A listener failed", e);
        }
    }

    /** A request to a backend begins: until it ends the backend is not idle. */
    public void requestBegins(Backend backend) {
        lifecycles.requestBegins(backend);
        onUse.accept(backend);
    }

    /** A request to a backend has ended. */
    public void requestEnds(Backend backend) {
        lifecycles.requestEnds(backend);
        onUse.accept(backend);
    }

    /**
     * The backend of this id.
     *
     * @throws ClusterException if there is none
     */
    public Backend get(String id) {
        Backend backend = backends.get(id);
        if (backend == null) {
            throw new ClusterException(Reason.UNKNOWN_BACKEND);
        }
        return backend;
    }

    /** The backend of this id, or null. */
    public @Nullable Backend find(String id) {
        return backends.get(id);
    }

    /** The backend that holds this key in a namespace which is meant, or null. */
    public @Nullable Backend findByKey(Predicate<String> namespace, String name) {
        return holding(namespace, name).findFirst().orElse(null);
    }

    /** The backends that hold a key, of whatever namespace. */
    public List<Backend> holders(String name) {
        return holding(namespace -> true, name).toList();
    }

    private Stream<Backend> holding(Predicate<String> namespace, String name) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name)
                        && namespace.test(entry.getKey().namespace()))
                .map(Map.Entry::getValue);
    }

    /** The token of this text, or null. It leads to a backend that has not ended. */
    public @Nullable Token token(String text) {
        return tokens.get(text);
    }

    /** Takes all tokens of a user for a backend back, if there are any. */
    public void revoke(String id, String user) {
        Backend backend = backends.get(id);
        if (backend != null) {
            backend.tokens().removeIf(token -> user.equals(token.user()) && tokens.remove(token.text(), token));
        }
    }

    /** All backends, ended ones included, oldest first. */
    public Collection<Backend> all() {
        return backends.values();
    }

    /** Gives the next backend this id; called several times, the next ones in turn. */
    public void useNextId(String id) {
        nextIds.add(id);
    }

    /** Forgets a backend. Whoever follows it already still hears how it goes on. */
    public void forget(Backend backend) {
        release(backend);
        if (backends.remove(backend.id(), backend)) {
            ended.remove(backend.id());
        }
    }

    /** How many backends have not ended. */
    public int liveCount() {
        return backends.size() - ended.size();
    }

    /** The time in it. */
    public Instant now() {
        return ticker.now();
    }

    /** How many backends have been started. */
    public int spawnCount() {
        return spawned;
    }

    /** Starts no more backends; whether that is new. */
    public boolean drain() {
        boolean changed = !draining;
        draining = true;
        return changed;
    }

    /** Whether it starts no more backends. */
    public boolean isDraining() {
        return draining;
    }
}
