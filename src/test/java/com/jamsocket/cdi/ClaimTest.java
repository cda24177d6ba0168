package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.LogRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a claim makes of the answers of its table, and of what happens meanwhile. */
class ClaimTest {

    /** A question is prolonged by a tenth at most. */
    private static final Duration NEXT_QUESTION = Duration.ofMillis(5_500);

    private final ManualTicker time = new ManualTicker();
    private final Table table = new Table();
    private final Node node = new Node();
    private final Claim claim = new Claims(table, time, Runnable::run).on("b1", node);

    @Test
    void aTableThatCannotBeAskedIsToldOfOnceAndAskedUntilItAnswers() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            table.answer = () -> {
                throw new IllegalStateException("no database");
            };
            claim.begin();
            time.advance(NEXT_QUESTION);
            time.advance(NEXT_QUESTION);
            table.answer = () -> FollowClaim.Answer.GRANTED;
            time.advance(NEXT_QUESTION);

            assertThat(node.heard).containsExactly("granted");
            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-205", "asked for", "no database");
        }
    }

    @Test
    void aTableThatGivesNoAnswerIsAskedAgain() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            table.answer = () -> null;
            claim.begin();
            table.answer = () -> FollowClaim.Answer.GRANTED;
            time.advance(NEXT_QUESTION);

            assertThat(node.heard).containsExactly("granted");
            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-205", "FollowClaim.Answer");
        }
    }

    @Test
    void whatIsGrantedAfterTheBackendWasLeftIsGivenUpAtOnce() {
        table.answer = () -> {
            assertThat(claim.end(false)).as("a call is under way").isNotCompleted();
            return FollowClaim.Answer.GRANTED;
        };
        claim.begin();

        assertThat(claim.end(false)).isCompleted();
        assertThat(table.calls).containsExactly("claim", "release");
        assertThat(node.heard).isEmpty();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void anEndThatTheTableTellsAfterTheBackendWasLeftIsNotTold() {
        table.answer = () -> {
            assertThat(claim.end(false)).isNotCompleted();
            return FollowClaim.Answer.ENDED;
        };
        claim.begin();

        assertThat(claim.end(false)).isCompleted();
        assertThat(node.heard).isEmpty();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void whatIsGrantedOnlyAfterTheLeaseIsAskedForAgain() {
        table.answer = () -> {
            time.advance(Claim.LEASE);
            table.answer = () -> FollowClaim.Answer.GRANTED;
            return FollowClaim.Answer.GRANTED;
        };
        claim.begin();
        assertThat(claim.isHeld()).isFalse();
        assertThat(node.heard).isEmpty();
        time.advance(NEXT_QUESTION);

        assertThat(table.calls).containsExactly("claim", "claim");
        assertThat(node.heard).containsExactly("granted");
    }

    @Test
    void whatIsLostWhileItIsToldOfIsLostInTheEnd() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            node.whenGranted = () -> time.advance(Claim.LEASE);
            table.renewal = () -> false;
            claim.begin();

            assertThat(claim.isHeld()).isFalse();
            assertThat(node.heard).endsWith("granted", "lost");
            assertThat(log.warnings()).hasSize(1);

            node.whenGranted = () -> {};
            time.advance(NEXT_QUESTION);
            assertThat(table.calls).containsExactly("claim", "claim");
            assertThat(node.heard).endsWith("granted");
        }
    }

    @Test
    void whatTheTableGivesToAnotherIsLostAndAskedForAgain() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.renewal = () -> false;
            time.advance(Claim.RENEWAL.plusSeconds(1));
            assertThat(claim.isHeld()).isFalse();
            time.advance(NEXT_QUESTION);

            assertThat(node.heard).containsExactly("granted", "lost", "granted");
            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-204", "b1");
        }
    }

    @Test
    void aRenewalThatIsAnsweredOnlyAfterTheLeaseDoesNotKeepIt() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.renewal = () -> {
                table.answer = () -> FollowClaim.Answer.TAKEN;
                time.advance(Claim.LEASE);
                return true;
            };
            time.advance(Claim.RENEWAL.plusSeconds(1));

            assertThat(claim.isHeld()).isFalse();
            assertThat(node.heard).containsExactly("granted", "lost", "taken");
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void aLeaseEndsInTimeHoweverOftenItsRenewalFails() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.renewal = () -> {
                throw new IllegalStateException("no database");
            };
            table.answer = () -> FollowClaim.Answer.TAKEN;
            time.advance(Claim.LEASE.minusNanos(1));
            assertThat(claim.isHeld()).isTrue();
            time.advance(Duration.ofNanos(1));

            assertThat(claim.isHeld()).isFalse();
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void aNodeThatLeavesWhileItRenewsAsksNoMore() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.renewal = () -> {
                assertThat(claim.end(false)).as("one call at a time").isNotCompleted();
                throw new IllegalStateException("no database any more");
            };
            time.advance(Claim.RENEWAL.plusSeconds(1));

            assertThat(claim.end(false)).isCompleted();
            assertThat(table.calls).containsExactly("claim", "renew", "release");
            assertThat(time.waiting()).isZero();
            assertThat(log.warnings()).as("nobody waits for it").isEmpty();
        }
    }

    @Test
    void aClaimThatCannotBeGivenUpIsLeftToItsLeaseWithoutAWarning() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.release = () -> {
                throw new IllegalStateException("no database any more");
            };

            assertThat(claim.end(false)).isCompleted();
            assertThat(claim.end(false)).as("once is enough").isCompleted();
            assertThat(table.calls).containsExactly("claim", "release");
            assertThat(time.waiting()).isZero();
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void anEndThatTheTableDidNotHearIsToldToItUntilItHasHeard() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.release = () -> {
                throw new IllegalStateException("no database");
            };
            assertThat(claim.end(true)).as("nobody waits for more").isCompleted();
            time.advance(NEXT_QUESTION);
            table.release = () -> {};
            time.advance(NEXT_QUESTION);

            assertThat(table.calls).containsExactly("claim", "release ended", "release ended", "release ended");
            assertThat(time.waiting()).isZero();
            assertThat(log.texts()).anyMatch(text -> text.contains("JAMSOCKET-205") && text.contains("given up"));
        }
    }

    @Test
    void anEndThatTheTableNeverHearsIsGivenUpInTheEnd() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.release = () -> {
                throw new IllegalStateException("no database");
            };
            assertThat(claim.end(true)).isCompleted();
            time.advance(Claim.LAST_TRIES.plus(NEXT_QUESTION));

            assertThat(table.calls).hasSizeGreaterThan(100);
            assertThat(time.waiting()).isZero();
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void aRenewalThatHangsOverTheEndOfTheLeaseIsTheOnlyCallThen() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            claim.begin();
            table.renewal = () -> {
                time.advance(Claim.LEASE.plus(NEXT_QUESTION));
                assertThat(table.calls).containsExactly("claim", "renew");
                throw new IllegalStateException("no database");
            };
            time.advance(Claim.RENEWAL.plusSeconds(1));

            assertThat(table.calls).containsExactly("claim", "renew", "claim");
            assertThat(time.waiting())
                    .as("the next renewal and the end of the lease")
                    .isEqualTo(2);
            assertThat(node.heard).containsExactly("granted", "lost", "granted");
            assertThat(log.warnings()).isNotEmpty();
        }
    }

    @Test
    void anApplicationThatIsUndeployedIsToldWhatItsTableAnswersAndAsksNoMore() {
        time.close();
        claim.begin();

        assertThat(node.heard).containsExactly("granted");
        assertThat(time.waiting()).isZero();
    }

    private static final class Node implements Claim.Holder {
        private final List<String> heard = new ArrayList<>();
        private Runnable whenGranted = () -> {};

        @Override
        public BackendInfo info() {
            return BackendInfo.builder("b1").build();
        }

        @Override
        public void granted() {
            whenGranted.run();
            heard.add("granted");
        }

        @Override
        public void taken() {
            heard.add("taken");
        }

        @Override
        public void lost() {
            heard.add("lost");
        }

        @Override
        public void over() {
            heard.add("over");
        }
    }

    private static final class Table implements FollowClaim {
        private final List<String> calls = new ArrayList<>();
        private Supplier<Answer> answer = () -> Answer.GRANTED;
        private BooleanSupplier renewal = () -> true;
        private Runnable release = () -> {};

        @Override
        public Answer claim(BackendInfo backend, Duration lease) {
            calls.add("claim");
            return answer.get();
        }

        @Override
        public boolean renew(BackendInfo backend, Duration lease) {
            calls.add("renew");
            return renewal.getAsBoolean();
        }

        @Override
        public void release(BackendInfo backend, boolean ended) {
            calls.add(ended ? "release ended" : "release");
            release.run();
        }
    }
}
