package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All backends, keys and tokens of a server: the one state behind both of its faces. On the loop's thread only. */
final class Backends {

    /** Ended backends beyond these are forgotten, oldest first. */
    private static final int REMEMBERED = 10_000;

    private final EventLoop loop;
    private final Lifecycle lifecycle;
    private final BiConsumer<String, BackendState> onChange;
    private final Map<String, DevBackend> backends = new LinkedHashMap<>();
    private final Map<Key, DevBackend> keys = new HashMap<>();
    private final Map<String, Entry> tokens = new HashMap<>();
    private final Queue<String> nextIds = new ArrayDeque<>();
    private final Deque<String> ended = new ArrayDeque<>();
    private boolean draining;
    private int spawned;

    private record Key(String namespace, String name) {}

    /** A token and where it leads. */
    record Entry(Token token, DevBackend backend) {}

    Backends(EventLoop loop, Lifecycle lifecycle, BiConsumer<String, BackendState> onChange) {
        this.loop = loop;
        this.lifecycle = lifecycle;
        this.onChange = onChange;
    }

    Connected connect(ConnectSpec spec) {
        String name = spec.key();
        DevBackend holder = name == null ? null : keys.get(new Key(spec.namespace(), name));
        if (holder != null) {
            if (!holder.spec().keyTag().equals(spec.keyTag())) {
                throw new Refused(409, "KeyHeld", "Lock is held but tag does not match.");
            }
            return new Connected(holder, false, admit(holder, spec));
        }
        if (!spec.spawn()) {
            throw new Refused(409, "KeyUnheldNoSpawnConfig", "Lock is unheld but no spawn config was provided.");
        }
        DevBackend backend = spawn(spec);
        return new Connected(backend, true, admit(backend, spec));
    }

    private DevBackend spawn(ConnectSpec spec) {
        if (draining) {
            throw new Refused(500, "NoDroneAvailable", "No active drone available.");
        }
        String id = spec.backendId() == null ? nextId() : spec.backendId();
        if (backends.containsKey(id)) {
            throw new Refused(500, "FailedToAcquireKey", "Failed to acquire lock.");
        }
        DevBackend backend = new DevBackend(id, spec);
        spawned++;
        backends.put(id, backend);
        if (spec.key() != null) {
            keys.put(new Key(spec.namespace(), spec.key()), backend);
        }
        move(backend, new BackendState.Scheduled(now()));
        if (!lifecycle.byHand()) {
            loop.schedule(lifecycle.step(), () -> advance(backend));
        }
        setLimits(backend);
        return backend;
    }

    private String nextId() {
        String fixed = nextIds.poll();
        if (fixed != null) {
            return fixed;
        }
        return RandomName.next();
    }

    private Token admit(DevBackend backend, ConnectSpec spec) {
        Token shared = backend.staticToken();
        Token token = shared == null ? Token.dynamic(spec.user(), spec.auth()) : shared;
        tokens.put(token.text(), new Entry(token, backend));
        return token;
    }

    private void advance(DevBackend backend) {
        BackendState next =
                switch (backend.status()) {
                    case SCHEDULED -> new BackendState.Loading(now());
                    case LOADING ->
                        backend.spec().executable()
                                ? new BackendState.Starting(now())
                                : new BackendState.Terminated(now(), null, null, null, null, null);
                    case STARTING -> new BackendState.Waiting(now());
                    case WAITING -> new BackendState.Ready(now());
                    default -> null;
                };
        if (next != null && move(backend, next)) {
            loop.schedule(lifecycle.step(), () -> advance(backend));
        }
    }

    private void setLimits(DevBackend backend) {
        Duration lifetime = backend.spec().lifetimeLimit();
        if (lifetime != null) {
            loop.schedule(lifetime, () -> terminate(backend, false, TerminationReason.SWEPT));
        }
        Duration idle = backend.spec().maxIdle();
        if (idle != null) {
            loop.schedule(idle, () -> sweep(backend, idle));
        }
    }

    private void sweep(DevBackend backend, Duration idle) {
        Duration left = idle.minus(Duration.between(backend.lastUsed(), Instant.now()));
        if (backend.isOver()) {
            return;
        }
        if (backend.isInUse() || left.compareTo(Duration.ofMillis(1)) >= 0) {
            loop.schedule(backend.isInUse() ? idle : left, () -> sweep(backend, idle));
        } else {
            terminate(backend, false, TerminationReason.SWEPT);
        }
    }

    /** Begins to end a backend: softly, hard, or hard after softly. */
    void terminate(DevBackend backend, boolean hard, TerminationReason reason) {
        BackendState ending =
                hard ? BackendState.hardTerminating(now(), reason) : BackendState.terminating(now(), reason);
        if (move(backend, ending) && !lifecycle.byHand()) {
            loop.schedule(lifecycle.step(), () -> end(backend, hard, reason));
        }
    }

    private void end(DevBackend backend, boolean hard, TerminationReason reason) {
        boolean escalated = !hard && backend.status() == BackendStatus.HARD_TERMINATING;
        if (!escalated) {
            String kind = hard ? "hard" : "soft";
            move(backend, new BackendState.Terminated(now(), reason.wireName(), kind, null, null, null));
        }
    }

    boolean move(DevBackend backend, BackendState state) {
        boolean moved = backend.move(state);
        if (moved) {
            if (backend.isOver()) {
                release(backend);
                remember(backend);
            }
            tell(backend, state);
        }
        return moved;
    }

    private void release(DevBackend backend) {
        keys.values().removeIf(holder -> holder == backend);
        tokens.values().removeIf(entry -> entry.backend() == backend);
    }

    private void remember(DevBackend backend) {
        if (backends.get(backend.id()) == backend) {
            ended.add(backend.id());
            if (ended.size() > REMEMBERED) {
                backends.remove(ended.remove());
            }
        }
    }

    private void tell(DevBackend backend, BackendState state) {
        try {
            onChange.accept(backend.id(), state);
        } catch (RuntimeException | Error e) {
            // The backend goes on; its life is not the listener's affair.
            System.getLogger("com.jamsocket.dev").log(System.Logger.Level.ERROR, "A listener failed", e);
        }
    }

    /** The backend, or a refusal. */
    DevBackend get(String id) {
        DevBackend backend = backends.get(id);
        if (backend == null) {
            throw Refused.unknownBackend();
        }
        return backend;
    }

    @Nullable
    DevBackend find(String id) {
        return backends.get(id);
    }

    @Nullable
    Entry entry(String token) {
        return tokens.get(token);
    }

    void revoke(String id, String user) {
        tokens.values()
                .removeIf(entry -> entry.backend().id().equals(id)
                        && user.equals(entry.token().user()));
    }

    Collection<DevBackend> all() {
        return backends.values();
    }

    void useNextId(String id) {
        nextIds.add(id);
    }

    void forget(String id) {
        release(get(id));
        backends.remove(id);
        ended.remove(id);
    }

    int spawnCount() {
        return spawned;
    }

    /** Whether it was not draining before. */
    boolean drain() {
        boolean changed = !draining;
        draining = true;
        return changed;
    }

    boolean isDraining() {
        return draining;
    }

    /** The wire has milliseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
