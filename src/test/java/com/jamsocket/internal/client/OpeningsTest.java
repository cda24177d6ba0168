package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.sse.Admission;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpeningsTest {

    private static final int LIMIT = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger recoveries = new AtomicInteger();
    private final Openings openings = new Openings(LIMIT, PATIENCE, ticker, recoveries::incrementAndGet);

    @Test
    void letsInAsManyAsMayBe() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT + 2);
        assertThat(begun(entered)).isEqualTo(LIMIT);
        entered.get(3).join().close();
        assertThat(begun(entered)).isEqualTo(LIMIT + 1);
        entered.get(3).join().close();
        assertThat(begun(entered)).describedAs("a turn ends once").isEqualTo(LIMIT + 1);
    }

    @Test
    void whatWasBegunGoesFirst() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT + 1);
        CompletableFuture<Admission.Turn> next = openings.enter(true);
        entered.get(0).join().close();
        assertThat(next).isCompleted();
        assertThat(entered.get(LIMIT)).isNotDone();
    }

    @Test
    void whoLeavesTheQueueTakesNoTurn() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT + 2);
        entered.get(LIMIT).cancel(false);
        entered.get(0).join().close();
        assertThat(entered.get(LIMIT + 1)).isCompleted();
    }

    @Test
    void aServerThatSaysNothingDoesNotHoldTheQueueForEver() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT + 1);
        ticker.advance(PATIENCE.minusMillis(1));
        assertThat(entered.get(LIMIT)).isNotDone();
        ticker.advance(Duration.ofMillis(1));
        assertThat(entered.get(LIMIT)).isCompleted();
        assertThat(ticker.waiting())
                .describedAs("alarms with nobody in the queue")
                .isZero();
    }

    @Test
    void someRefusedConnectionsAreNotAnOutage() {
        for (int i = 0; i < 10; i++) {
            refuse(4);
            conclude(enter(1).get(0), new IOException("reset"));
        }
        assertThat(openings.isOutage()).isFalse();
        assertThat(begun(enter(1))).isEqualTo(1);
    }

    @Test
    void whileTheServerIsDownOneAsksEachSecondForAll() {
        refuse(5);
        assertThat(openings.isOutage()).isTrue();
        int probes = 0;
        for (int second = 0; second < 20; second++) {
            List<CompletableFuture<Admission.Turn>> entered = enter(100);
            ticker.advance(SECOND.minusMillis(1));
            assertThat(entered).noneMatch(CompletableFuture::isDone);
            ticker.advance(Duration.ofMillis(1));
            assertThat(begun(entered)).isEqualTo(1);
            ConnectException refused = new ConnectException("refused");
            conclude(entered.get(0), refused);
            assertThat(entered.subList(1, 100)).allSatisfy(other -> assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(other::join)
                    .withCause(refused));
            probes++;
        }
        assertThat(probes).isEqualTo(20);
        assertThat(recoveries).hasValue(0);
    }

    @Test
    void aProbeThatIsGivenUpIsFollowedByAnother() {
        refuse(5);
        List<CompletableFuture<Admission.Turn>> entered = enter(2);
        ticker.advance(SECOND);
        entered.get(0).join().concluded(new CancellationException());
        entered.get(0).join().close();
        assertThat(entered.get(1)).isCompleted();
        assertThat(openings.isOutage()).isTrue();
    }

    @Test
    void aProbeThatIsNotAnsweredIsFollowedByAnotherEachSecond() {
        refuse(5);
        List<CompletableFuture<Admission.Turn>> entered = enter(20);
        for (int second = 1; second <= 6; second++) {
            ticker.advance(SECOND.minusMillis(1));
            assertThat(begun(entered)).isEqualTo(second - 1);
            ticker.advance(Duration.ofMillis(1));
            assertThat(begun(entered)).isEqualTo(second);
        }

        conclude(entered.get(5), null);
        assertThat(begun(entered))
                .describedAs("those that have no answer do not count")
                .isEqualTo(6 + 2);
        entered.get(0).join().concluded(new ConnectException("refused"));
        assertThat(openings.isOutage()).isFalse();
    }

    @Test
    void probesThatAreNotAnsweredAreNoMoreThanMayBe() {
        refuse(5);
        List<CompletableFuture<Admission.Turn>> entered = enter(20);
        for (int second = 1; second <= 12; second++) {
            ticker.advance(SECOND);
        }
        assertThat(begun(entered)).isEqualTo(LIMIT);
        ticker.advance(PATIENCE.minusSeconds(11));
        assertThat(begun(entered)).isEqualTo(LIMIT + 1);
    }

    @Test
    void theFirstAfterAnOutageAreFew() {
        refuse(5);
        List<CompletableFuture<Admission.Turn>> entered = new ArrayList<>(enter(40));
        ticker.advance(SECOND);
        List<Integer> inFlight = new ArrayList<>();
        while (begun(entered) > 0) {
            List<CompletableFuture<Admission.Turn>> now =
                    entered.stream().filter(CompletableFuture::isDone).toList();
            inFlight.add(now.size());
            entered.removeIf(CompletableFuture::isDone);
            now.forEach(turn -> conclude(turn, null));
        }
        assertThat(inFlight.subList(0, 4)).containsExactly(1, 2, 4, LIMIT);
        assertThat(inFlight).allMatch(some -> some <= LIMIT);
        assertThat(entered).isEmpty();
        assertThat(recoveries).hasValue(1);
        assertThat(openings.isOutage()).isFalse();
    }

    @Test
    void whatHasHadNoAnswerSinceBeforeAnOutageTakesNoPlaceAfterIt() {
        enter(3);
        refuse(5);
        List<CompletableFuture<Admission.Turn>> entered = enter(3);
        ticker.advance(SECOND);

        conclude(entered.get(0), null);

        assertThat(begun(entered)).isEqualTo(3);
    }

    @Test
    void theFirstAfterAnOutageHoldNobodyUpForMoreThanASecondEach() {
        refuse(5);
        List<CompletableFuture<Admission.Turn>> entered = enter(20);
        ticker.advance(SECOND);
        conclude(entered.get(0), null);
        assertThat(begun(entered)).isEqualTo(3);

        for (int second = 1; second <= 10; second++) {
            ticker.advance(SECOND);
            assertThat(begun(entered) - 1).isEqualTo(Math.min(2 + second, LIMIT));
        }
    }

    @Test
    void nobodyWaitsForATimeThatHasEnded() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT);
        ticker.close();
        assertThat(openings.enter(false)).isCancelled();
        entered.forEach(turn -> turn.join().close());
    }

    @Test
    void nobodyIsComeBackForWhoDoesNotWaitAnyMore() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT);
        CompletableFuture<Admission.Turn> waiting = openings.enter(false);
        CompletableFuture<Admission.Turn> first = openings.enter(true);
        assertThat(ticker.waiting()).isEqualTo(1);

        waiting.cancel(false);
        first.cancel(false);

        assertThat(ticker.waiting()).isZero();
        entered.forEach(turn -> turn.join().close());
        assertThat(openings.enter(false)).isCompleted();
    }

    /** Each of a long queue may fail at once, which is no call within a call. */
    @Test
    void aLongQueueMayFailAtOnce() {
        List<CompletableFuture<Admission.Turn>> entered = enter(LIMIT);
        List<CompletableFuture<Admission.Turn>> queue = enter(100_000);
        queue.forEach(next -> {
            var unused = next.thenAccept(Admission.Turn::close);
        });
        entered.get(0).join().close();
        assertThat(queue).allMatch(CompletableFuture::isDone);
    }

    private List<CompletableFuture<Admission.Turn>> enter(int count) {
        return IntStream.range(0, count).mapToObj(i -> openings.enter(false)).toList();
    }

    private void refuse(int count) {
        enter(count).forEach(turn -> conclude(turn, new ConnectException("refused")));
    }

    private static void conclude(CompletableFuture<Admission.Turn> entered, Throwable failure) {
        entered.join().concluded(failure);
        entered.join().close();
    }

    private static long begun(List<CompletableFuture<Admission.Turn>> entered) {
        return entered.stream()
                .filter(turn -> turn.isDone() && !turn.isCompletedExceptionally())
                .count();
    }
}
