package com.jamsocket.internal.dev.cluster;

import static com.jamsocket.TerminationReason.EXTERNAL;
import static com.jamsocket.TerminationReason.LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.dev.cluster.ClusterException.Reason;
import com.jamsocket.internal.dev.cluster.ClusterModel.Life;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.jspecify.annotations.Nullable;

/** Whatever is done to a cluster, it is as its model has it. */
class ClusterModelTest {

    private static final Arbitrary<Integer> WHICH = Arbitraries.integers().between(0, 9);
    private static final Arbitrary<String> NOTHING = Arbitraries.just("");
    private static final Arbitrary<String> USER = Arbitraries.of("ann", "bob");
    private static final Arbitrary<Boolean> YES_OR_NO = Arbitraries.of(false, true);
    private static final Arbitrary<BackendStatus> STATUS = Arbitraries.of(BackendStatus.class);
    private static final Arbitrary<Duration> TIME = durations("PT0.000000001S", "PT0.0004S", "PT3S", "PT10S", "PT3H");

    @Property(tries = 500)
    void backendsThatMoveByThemselves(@ForAll("timed") ActionChain<Both> chain) {
        chain.run();
    }

    @Property(tries = 500)
    void backendsThatMoveAsTheyAreTold(@ForAll("byHand") ActionChain<Both> chain) {
        chain.run();
    }

    @Provide
    Arbitrary<ActionChain<Both>> timed() {
        return chains(Duration.ofSeconds(10));
    }

    @Provide
    Arbitrary<ActionChain<Both>> byHand() {
        return chains(null);
    }

    private static Arbitrary<ActionChain<Both>> chains(@Nullable Duration step) {
        return ActionChain.startWith(() -> new Both(step))
                .withAction(12, action("connect", specs(), Both::connect))
                .withAction(6, action("pass", TIME, Both::pass))
                .withAction(6, at("pass to the timer", YES_OR_NO, Both::passToTimer))
                .withAction(3, at("terminate", YES_OR_NO, Both::terminate))
                .withAction(2, at("crash", Arbitraries.of(0, 137), Both::crash))
                .withAction(3, at("advance", STATUS, Both::advance))
                .withAction(3, at("move", STATUS, Both::move))
                .withAction(4, at("begin a request", NOTHING, (both, life, nothing) -> both.requestBegins(life)))
                .withAction(4, at("end a request", NOTHING, (both, life, nothing) -> both.requestEnds(life)))
                .withAction(3, at("follow", STATUS.injectNull(0.3), Both::follow))
                .withAction(2, action("unfollow", WHICH, Both::unfollow))
                .withAction(2, at("revoke", USER, Both::revoke))
                .withAction(2, at("forget", NOTHING, (both, life, nothing) -> both.forget(life)))
                .withAction(1, action("drain", NOTHING, (both, nothing) -> both.drain()))
                .withMaxTransformations(40)
                .map(chain -> chain.withInvariant(Both::compare));
    }

    private static <A> Action<Both> action(String name, Arbitrary<A> argument, BiConsumer<Both, A> act) {
        Arbitrary<Transformer<Both>> action =
                argument.map(a -> Transformer.mutate(name + " " + a, both -> act.accept(both, a)));
        return (Action.Independent<Both>) () -> action;
    }

    @FunctionalInterface
    private interface Act<A> {
        void accept(Both both, Life life, A argument);
    }

    /** What is done to one backend, if there is one; the newest is that of 0. */
    private static <A> Action<Both> at(String name, Arbitrary<A> argument, Act<A> act) {
        return action(name, Combinators.combine(WHICH, argument).as(Tuple::of), (both, args) -> {
            List<Life> lives = both.model.lives;
            if (!lives.isEmpty()) {
                act.accept(both, lives.get(lives.size() - 1 - args.get1() % lives.size()), args.get2());
            }
        });
    }

    private static Arbitrary<Duration> durations(String... durations) {
        return Arbitraries.of(durations).map(Duration::parse);
    }

    private static Arbitrary<ConnectSpec> specs() {
        return Combinators.combine(
                        Arbitraries.of("ns", "other"),
                        Arbitraries.of("k", "l").injectNull(0.3),
                        Arbitraries.of("", "", "", "tag"),
                        Arbitraries.of("", "", "", "", "static", "static", "no spawn", "too large", "not executable"),
                        Arbitraries.just("id").injectNull(0.7),
                        durations("PT0S", "PT20S", "PT1H").injectNull(0.5),
                        durations("PT0S", "PT10S", "PT5M").injectNull(0.4),
                        USER.injectNull(0.3))
                .as((namespace, key, tag, kind, id, lifetime, idle, user) -> new ConnectSpec(
                        namespace,
                        key,
                        tag,
                        !kind.equals("no spawn"),
                        kind.equals("too large") ? Reason.TOO_LARGE : null,
                        !kind.equals("not executable"),
                        id,
                        lifetime,
                        idle,
                        user,
                        "{\"is\":\"" + user + "\"}",
                        kind.equals("static"),
                        null,
                        "svc",
                        SpawnOptions.builder().build()));
    }

    /** Who is to hear a history from this number on. */
    private record Follower(
            Backend backend,
            List<BackendState> history,
            int from,
            List<BackendState> heard,
            Consumer<BackendState> consumer) {}

    /** A cluster and its model. */
    private static final class Both {
        private final ManualTicker time = new ManualTicker();
        private final List<Map.Entry<String, BackendState>> changes = new ArrayList<>();
        private final Set<Token> tokens = new HashSet<>();
        private final List<Follower> followers = new ArrayList<>();
        private final Cluster cluster;
        private final ClusterModel model;

        Both(@Nullable Duration step) {
            cluster = new Cluster(time, step, (id, state) -> changes.add(Map.entry(id, state)));
            model = new ClusterModel(step, time.now());
        }

        void connect(ConnectSpec spec) {
            Reason refusal = model.refusal(spec);
            if (refusal != null) {
                assertThat(catchThrowableOfType(ClusterException.class, () -> cluster.connect(spec)))
                        .extracting(ClusterException::reason)
                        .isEqualTo(refusal);
                return;
            }
            int before = model.lives.size();
            ConnectResult result = cluster.connect(spec);
            Life life = model.connect(spec, result);
            assertThat(result.backend()).isSameAs(life.backend);
            assertThat(result.spawned()).isEqualTo(model.lives.size() > before);
            assertThat(model.lives)
                    .extracting(each -> each.backend.fencingToken())
                    .isSorted()
                    .doesNotHaveDuplicates();
            Token token = result.token();
            boolean forAll = life.spec.staticToken();
            assertThat(model.tokens).containsKey(token);
            assertThat(tokens.add(token) || forAll).isTrue();
            assertThat(token.isStatic()).isEqualTo(forAll);
            assertThat(token.user()).isEqualTo(forAll ? null : spec.user());
            assertThat(token.auth()).isEqualTo(forAll ? "{}" : spec.auth());
        }

        void pass(Duration duration) {
            time.advance(duration);
            model.pass(duration);
        }

        /** To the next timer of a backend, or to just before it. */
        void passToTimer(Life life, boolean before) {
            ClusterModel.Alarm next = model.first(alarm -> alarm.life() == life);
            if (next != null) {
                Duration left = Duration.between(model.now, next.at());
                pass(before && !left.isZero() ? left.minusNanos(1) : left);
            }
        }

        void terminate(Life life, boolean hard) {
            cluster.terminate(life.backend, hard, EXTERNAL);
            model.terminate(life, hard, EXTERNAL);
        }

        void crash(Life life, int exitCode) {
            cluster.crash(life.backend, exitCode);
            model.crash(life, exitCode);
        }

        void advance(Life life, BackendStatus status) {
            assertThat(cluster.advance(life.backend, status)).isEqualTo(model.advance(life, status));
        }

        void move(Life life, BackendStatus status) {
            BackendState state = model.state(life, status, LOST);
            assertThat(cluster.move(life.backend, state)).isEqualTo(model.move(life, state));
        }

        void requestBegins(Life life) {
            cluster.requestBegins(life.backend);
            model.requestBegins(life);
        }

        void requestEnds(Life life) {
            if (life.openRequests > 0) {
                cluster.requestEnds(life.backend);
                model.requestEnds(life);
            }
        }

        void follow(Life life, @Nullable BackendStatus known) {
            List<BackendState> heard = new ArrayList<>();
            Follower follower = new Follower(life.backend, life.history, life.after(known), heard, heard::add);
            life.backend.follow(known, follower.consumer);
            followers.add(follower);
        }

        void unfollow(int which) {
            if (which < followers.size()) {
                Follower it = followers.get(which);
                it.backend.unfollow(it.consumer);
                List<BackendState> past = List.copyOf(it.history);
                followers.set(which, new Follower(it.backend, past, it.from, it.heard, it.consumer));
            }
        }

        void revoke(Life life, String user) {
            cluster.revoke(life.backend.id(), user);
            model.revoke(life.backend.id(), user);
        }

        void forget(Life life) {
            cluster.forget(life.backend);
            model.forget(life);
        }

        void drain() {
            assertThat(cluster.drain()).isNotEqualTo(model.draining);
            model.draining = true;
        }

        void compare() {
            model.lives.forEach(this::compare);
            assertThat(tokens)
                    .allMatch(token -> model.tokens.containsKey(token)
                            ? token.equals(cluster.token(token.text()))
                            : cluster.token(token.text()) == null);
            for (Follower it : followers) {
                assertThat(it.heard).isEqualTo(it.history.subList(it.from, it.history.size()));
            }
            assertThat(changes).isEqualTo(model.changes);
            assertThat(List.copyOf(cluster.all()))
                    .isEqualTo(model.known().map(life -> life.backend).toList());
            assertThat(cluster.liveCount()).as("live").isEqualTo((int)
                    model.known().filter(life -> !life.isOver()).count());
            assertThat(cluster.spawnCount()).as("spawned").isEqualTo(model.lives.size());
            assertThat(time.waiting()).as("timers").isEqualTo(model.alarms.size());
        }

        private void compare(Life life) {
            Backend backend = life.backend;
            String key = Objects.requireNonNullElse(life.spec.key(), "");
            assertThat(backend.history()).isEqualTo(life.history);
            assertThat(backend.id()).isEqualTo(Objects.requireNonNullElse(life.spec.backendId(), backend.id()));
            assertThat(backend.exitCode()).as("exit code").isEqualTo(life.exitCode);
            assertThat(backend.openRequests()).as("open requests").isEqualTo(life.openRequests);
            assertThat(backend.idleSince()).as("idle since").isEqualTo(life.idleSince);
            assertThat(backend.restarts()).as("restarts").isEqualTo(model.restarts(life));
            assertThat(List.copyOf(backend.tokens()))
                    .isEqualTo(model.tokensOf(life).toList());
            assertThat(cluster.findByKey(life.spec.namespace()::equals, key) == backend)
                    .as("holds its key")
                    .isEqualTo(model.holders.containsValue(life));
        }
    }
}
