package com.jamsocket.internal.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.dev.cluster.ClusterException.Reason;
import com.jamsocket.testkit.Promptness;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lives of backends, in time that the test moves. */
class ClusterTest {

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration NEVER = Duration.ofDays(300);

    private final ManualTicker time = new ManualTicker();
    private final List<String> changes = new ArrayList<>();
    private final Cluster cluster = cluster(STEP);

    private Cluster cluster(@Nullable Duration step) {
        return new Cluster(time, step, (id, state) -> changes.add(state.statusName()));
    }

    private static ConnectSpec spec(@Nullable String key, @Nullable Duration lifetime, @Nullable Duration idle) {
        return new ConnectSpec(
                "ns",
                key,
                "",
                true,
                null,
                true,
                null,
                lifetime,
                idle,
                "ann",
                "{}",
                false,
                null,
                "svc",
                SpawnOptions.builder().build());
    }

    private Backend spawn(@Nullable Duration lifetime, @Nullable Duration idle) {
        return cluster.connect(spec(null, lifetime, idle)).backend();
    }

    private static List<String> statuses(Backend backend) {
        return backend.history().stream().map(BackendState::statusName).toList();
    }

    /** As many as may be remembered, however often somebody connects to a key that is held. */
    @Test
    void keepsTheNewestTokensOfABackend() {
        ConnectSpec room = spec("room", null, null);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            tokens.add(cluster.connect(room).token().text());
        }
        assertThat(tokens.subList(90_000, 100_000)).allMatch(token -> cluster.token(token) != null);
        assertThat(tokens.subList(0, 90_000)).allMatch(token -> cluster.token(token) == null);
        cluster.terminate(cluster.findByKey(namespace -> true, "room"), true, TerminationReason.EXTERNAL);
        time.advance(STEP);
        assertThat(tokens).allMatch(token -> cluster.token(token) == null);
    }

    @Test
    void letsEachStatusLastOneStep() {
        Instant start = time.now();
        Backend backend = spawn(null, null);
        time.advance(STEP.minusNanos(1));
        assertThat(backend.status()).isEqualTo(BackendStatus.SCHEDULED);
        time.advance(Duration.ofNanos(1));
        assertThat(backend.status()).isEqualTo(BackendStatus.LOADING);
        time.advance(STEP.multipliedBy(10));
        assertThat(statuses(backend)).containsExactly("scheduled", "loading", "starting", "waiting", "ready");
        assertThat(backend.history())
                .extracting(BackendState::time)
                .containsExactly(
                        start,
                        start.plus(STEP),
                        start.plus(STEP.multipliedBy(2)),
                        start.plus(STEP.multipliedBy(3)),
                        start.plus(STEP.multipliedBy(4)));
        assertThat(changes).isEqualTo(statuses(backend));
        assertThat(time.waiting()).isZero();
    }

    @Test
    void endsABackendSoftlyOneStepAfterItIsTold() {
        Backend backend = spawn(null, null);
        cluster.terminate(backend, false, TerminationReason.EXTERNAL);
        time.advance(STEP.minusNanos(1));
        assertThat(backend.status()).isEqualTo(BackendStatus.TERMINATING);
        time.advance(STEP.multipliedBy(10));
        assertThat(statuses(backend)).containsExactly("scheduled", "terminating", "terminated");
        assertThat(((BackendState.Terminated) backend.state()).kindName()).isEqualTo("soft");
    }

    @Test
    void endsABackendHardOneStepAfterTheEscalation() {
        Backend backend = spawn(null, null);
        cluster.terminate(backend, false, TerminationReason.EXTERNAL);
        time.advance(STEP.dividedBy(2));
        cluster.terminate(backend, true, TerminationReason.EXTERNAL);
        cluster.terminate(backend, false, TerminationReason.EXTERNAL);
        time.advance(STEP.minusNanos(1));
        assertThat(statuses(backend)).containsExactly("scheduled", "terminating", "hard-terminating");
        time.advance(Duration.ofNanos(1));
        assertThat(((BackendState.Terminated) backend.state()).kindName()).isEqualTo("hard");
    }

    @Test
    void sweepsABackendAtTheLimitOfItsLife() {
        Backend backend = spawn(Duration.ofHours(1), null);
        time.advance(Duration.ofHours(1).minusNanos(1));
        assertThat(backend.status()).isEqualTo(BackendStatus.READY);
        time.advance(Duration.ofNanos(1));
        assertThat(((BackendState.Terminating) backend.state()).reasonName()).isEqualTo("swept");
    }

    @Test
    void sweepsABackendThatHasBeenIdleForItsLimit() {
        Duration idle = Duration.ofMinutes(5);
        Backend backend = spawn(null, idle);
        time.advance(idle.minusNanos(1));
        cluster.requestBegins(backend);
        cluster.requestBegins(backend);
        time.advance(idle.multipliedBy(3));
        cluster.requestEnds(backend);
        time.advance(idle.multipliedBy(3));
        assertThat(backend.status()).isEqualTo(BackendStatus.READY);

        cluster.requestEnds(backend);
        time.advance(idle.minusNanos(1));
        assertThat(backend.status()).isEqualTo(BackendStatus.READY);
        time.advance(Duration.ofNanos(1));
        assertThat(((BackendState.Terminating) backend.state()).reasonName()).isEqualTo("swept");
    }

    @Test
    void movesBackendsByHandOnlyWithoutAStep() {
        Cluster byHand = cluster(null);
        Backend backend = byHand.connect(spec(null, null, null)).backend();
        time.advance(NEVER);
        assertThat(backend.status()).isEqualTo(BackendStatus.SCHEDULED);
        byHand.terminate(backend, true, TerminationReason.EXTERNAL);
        time.advance(NEVER);
        assertThat(backend.status()).isEqualTo(BackendStatus.HARD_TERMINATING);
        assertThat(byHand.move(backend, BackendState.loading(time.now()))).isFalse();
        assertThat(byHand.move(backend, terminated())).isTrue();
    }

    @Test
    void holdsNoTimerForABackendThatHasEnded() {
        Backend backend = spawn(NEVER, NEVER);
        assertThat(time.waiting()).isEqualTo(3);
        cluster.move(backend, terminated());
        assertThat(time.waiting()).isZero();

        cluster.requestBegins(backend);
        cluster.requestEnds(backend);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void holdsNoTimerForABackendThatIsEndedWhileItStarts() {
        List<Cluster> self = new ArrayList<>();
        Cluster ending = new Cluster(
                time, STEP, (id, state) -> self.get(0).move(self.get(0).get(id), terminated()));
        self.add(ending);
        ConnectResult result = ending.connect(spec("k", NEVER, NEVER));
        assertThat(result.backend().isOver()).isTrue();
        assertThat(time.waiting()).isZero();
        assertThat(ending.token(result.token().text())).isNull();
        assertThat(ending.connect(spec("k", null, null)).spawned()).isTrue();
    }

    @Test
    void freesKeyAndTokensOfABackendThatHasEndedAndOfNoOther() {
        ConnectResult first = cluster.connect(spec("k", null, null));
        ConnectResult again = cluster.connect(spec("k", null, null));
        ConnectResult other = cluster.connect(spec("other", null, null));
        assertThat(again.backend()).isSameAs(first.backend());

        cluster.move(first.backend(), terminated());
        assertThat(cluster.token(first.token().text())).isNull();
        assertThat(cluster.token(again.token().text())).isNull();
        assertThat(cluster.token(other.token().text())).isEqualTo(other.token());
        assertThat(cluster.connect(spec("k", null, null)).spawned()).isTrue();
        assertThat(cluster.connect(spec("other", null, null)).spawned()).isFalse();
    }

    @Test
    void leavesAKeyToItsNewHolderWhenTheForgottenOneEnds() {
        Backend forgotten = cluster.connect(spec("k", null, null)).backend();
        cluster.forget(forgotten);
        ConnectResult holder = cluster.connect(spec("k", null, null));
        List<BackendState> heard = new ArrayList<>();
        forgotten.follow(BackendStatus.SCHEDULED, heard::add);
        cluster.terminate(forgotten, true, TerminationReason.EXTERNAL);
        time.advance(STEP);

        assertThat(heard).extracting(BackendState::statusName).containsExactly("hard-terminating", "terminated");
        assertThat(cluster.connect(spec("k", null, null)).backend()).isSameAs(holder.backend());
        assertThat(cluster.all()).containsExactly(holder.backend());
    }

    @Test
    void revokesTheTokensOfAUserForOneBackend() {
        ConnectResult one = cluster.connect(spec("one", null, null));
        ConnectResult two = cluster.connect(spec("two", null, null));
        cluster.revoke(one.backend().id(), "bob");
        assertThat(cluster.token(one.token().text())).isNotNull();
        cluster.revoke(one.backend().id(), "ann");
        cluster.revoke("unknown", "ann");
        assertThat(cluster.token(one.token().text())).isNull();
        assertThat(cluster.token(two.token().text())).isNotNull();
    }

    @Test
    void remembersTheLastTenThousandThatHaveEnded() {
        Backend living = spawn(null, null);
        List<Backend> ended = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            ended.add(spawn(null, null));
            cluster.move(ended.get(i), terminated());
        }
        assertThat(cluster.all()).hasSize(10_001).contains(living).doesNotContain(ended.get(0));
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> cluster.get(ended.get(0).id()))
                .extracting(ClusterException::reason)
                .isEqualTo(Reason.UNKNOWN_BACKEND);
        assertThat(cluster.get(ended.get(1).id())).isSameAs(ended.get(1));
    }

    @Test
    void keepsTheExitCodeOfABackendThatHasEnded() {
        Backend backend = spawn(null, null);
        cluster.crash(backend, 137);
        cluster.crash(backend, 0);
        assertThat(backend.exitCode()).isEqualTo(137);

        Backend moved = spawn(null, null);
        cluster.move(moved, terminated());
        cluster.crash(moved, 137);
        assertThat(moved.exitCode()).isNull();
    }

    @Test
    void countsTheNextOfAnIdWhoseFirstIsForgottenAgain() {
        cluster.useNextId("id");
        cluster.useNextId("id");
        Backend first = spawn(null, null);
        cluster.forget(first);
        cluster.move(spawn(null, null), terminated());
        cluster.forget(first);
        assertThat(cluster.all()).hasSize(1);
        assertThat(cluster.liveCount()).isZero();
    }

    @Test
    void goesOnFromAnUnknownStatusAsFromTheOneBefore() {
        Backend backend = spawn(null, null);
        cluster.move(backend, odd());
        time.advance(STEP);
        cluster.move(backend, odd());
        assertThat(cluster.advance(backend, BackendStatus.WAITING)).isTrue();
        cluster.terminate(backend, false, TerminationReason.LOST);
        cluster.move(backend, odd());
        time.advance(STEP);
        assertThat(statuses(backend))
                .containsExactly(
                        "scheduled",
                        "odd",
                        "loading",
                        "odd",
                        "starting",
                        "waiting",
                        "terminating",
                        "odd",
                        "terminated");
        BackendState.Terminated end = (BackendState.Terminated) backend.state();
        assertThat(end.reason()).isEqualTo(TerminationReason.LOST);
        assertThat(end.kindName()).isEqualTo("soft");
    }

    @Test
    void seesThatABackendAnswersWhileItsStatusIsUnknown() {
        List<Consumer<Boolean>> probes = new ArrayList<>();
        Launching launching = new Launching(
                spec -> launch -> new Running(),
                (address, answer) -> probes.add(answer),
                Runnable::run,
                Runnable::run,
                STEP,
                STEP,
                time);
        Cluster running = new Cluster(time, STEP, launching, (id, state) -> {});
        Backend backend = running.connect(spec(null, null, null)).backend();
        time.advance(Duration.ZERO);
        running.move(backend, odd());
        probes.get(0).accept(true);
        assertThat(statuses(backend)).containsExactly("scheduled", "loading", "starting", "waiting", "odd", "ready");
    }

    @Test
    void tellsAnUnknownStatusToThoseWhoKnowWhatIsBeforeIt() {
        Backend backend = spawn(null, null);
        cluster.move(backend, odd());
        cluster.move(backend, BackendState.loading(time.now()));
        List<BackendState> heard = new ArrayList<>();
        backend.follow(BackendStatus.SCHEDULED, heard::add);
        assertThat(heard).extracting(BackendState::statusName).containsExactly("odd", "loading");
    }

    /** Whatever an end costs, it is the same beside few and beside many: 2.8 ms each would be a minute here. */
    @Test
    void endsTwentyThousandBesideTwentyThousandOthers() throws Exception {
        Promptness.fastestIsWithin(Duration.ofSeconds(5), this::endingTwentyThousand);
    }

    private Duration endingTwentyThousand() {
        // Without timers: those of the test's own ticker cost more the more there are.
        Cluster byHand = cluster(null);
        List<Backend> ending = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byHand.connect(spec("living " + i, null, null));
            ending.add(byHand.connect(spec("ending " + i, null, null)).backend());
        }
        return Promptness.of(() -> ending.forEach(backend -> byHand.move(backend, terminated())));
    }

    private BackendState odd() {
        return BackendState.unknown(time.now(), "odd", "{}");
    }

    private BackendState terminated() {
        return BackendState.Terminated.builder(time.now())
                .reasonName("external")
                .kindName("hard")
                .build();
    }

    /** What runs until the test is over. */
    private static final class Running implements Launched {
        @Override
        public List<InetSocketAddress> addresses() {
            return List.of(InetSocketAddress.createUnresolved("localhost", 1));
        }

        @Override
        public CompletionStage<Integer> exit() {
            return new CompletableFuture<>();
        }

        @Override
        public void stop() {}

        @Override
        public void kill() {}
    }
}
