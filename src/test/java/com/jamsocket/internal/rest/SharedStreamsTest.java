package com.jamsocket.internal.rest;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.States;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SharedStreamsTest {

    private static final int LIMIT = 3;

    private final ManualTicker ticker = new ManualTicker();
    private final List<FakeUpstream> upstreams = new ArrayList<>();
    private final SharedStreams streams = new SharedStreams(this::open, ticker, Runnable::run, Runnable::run, LIMIT);

    @Test
    void browsersOfOneBackendShareAStreamAndHearAllOfIt() {
        FakeBrowser early = watch("b1");
        upstream(0).tell(States.SCHEDULED, States.READY);
        FakeBrowser late = watch("b1");
        upstream(0).tell(States.TERMINATED);
        upstream(0).end(StreamEnd.terminated(States.TERMINATED));

        assertThat(upstreams).hasSize(1);
        assertThat(early.heard()).containsExactly("keepalive", "scheduled", "ready", "terminated", "end");
        assertThat(late.heard()).isEqualTo(early.heard());
        assertNothingIsLeft();
    }

    /** Quarkus REST sends the head of an answer when the method returns, if nothing was sent by then. */
    @Test
    void theFirstSendIsDoneWhenTheMethodOfTheRequestReturnsAndHoldsItUpForNoOther() {
        List<Runnable> others = new ArrayList<>();
        SharedStreams handingOver = new SharedStreams(this::open, ticker, others::add, others::add, LIMIT);
        FakeBrowser early = new FakeBrowser();
        handingOver.watch("b1", null, early);
        upstream(0).tell(States.SCHEDULED);
        FakeBrowser late = new FakeBrowser();
        handingOver.watch("b1", null, late);

        assertThat(early.heard()).containsExactly("keepalive");
        assertThat(late.heard()).containsExactly("keepalive");
        others.forEach(Runnable::run);
        assertThat(early.heard()).containsExactly("keepalive", "scheduled");
        assertThat(late.heard()).isEqualTo(early.heard());
    }

    @Test
    void aStatusOrAnEndThatComesBeforeTheFirstSendWaitsForIt() {
        SharedStream stream = new SharedStream("b1", streams);
        FakeBrowser connection = new FakeBrowser();
        Browser joining = new Browser(stream, connection, null, Runnable::run, Runnable::run, ticker);
        stream.add(joining);
        stream.onState(States.TERMINATED);
        stream.onEnd(StreamEnd.terminated(States.TERMINATED));
        assertThat(connection.heard()).isEmpty();

        joining.start();
        assertThat(connection.heard()).containsExactly("keepalive", "terminated", "end");
    }

    @Test
    void aConnectionIsNotClosedOnTheThreadOfItsLastSend() {
        List<Runnable> others = new ArrayList<>();
        SharedStreams handingOver = new SharedStreams(this::open, ticker, others::add, others::add, LIMIT);
        FakeBrowser watching = new FakeBrowser();
        handingOver.watch("b1", null, watching);
        upstream(0).tell(States.TERMINATED);
        upstream(0).end(StreamEnd.terminated(States.TERMINATED));
        others.remove(0).run();

        assertThat(watching.heard()).containsExactly("keepalive", "terminated");
        others.forEach(Runnable::run);
        assertThat(watching.heard()).endsWith("end");
    }

    /** On Quarkus REST the answer is not to end before the method of the request has returned. */
    @Test
    void aBrowserThatHasHadTheLastStateIsSentAwayAndItsConnectionClosedASecondLater() {
        FakeBrowser knowing = new FakeBrowser();
        streams.dismiss(knowing);
        ticker.advance(Duration.ofMillis(999));
        assertThat(knowing.heard()).containsExactly("away");

        ticker.advance(Duration.ofMillis(1));
        assertThat(knowing.heard()).containsExactly("away", "end");
        ticker.close();
        FakeBrowser last = new FakeBrowser();
        streams.dismiss(last);
        assertThat(last.heard()).containsExactly("away", "end");
    }

    @Test
    void backendsHaveStreamsOfTheirOwn() {
        FakeBrowser one = watch("b1");
        FakeBrowser other = watch("b2");
        upstream(0).tell(States.READY);

        assertThat(one.heard()).contains("ready");
        assertThat(other.heard()).containsExactly("keepalive");
        assertThat(streams.size()).isEqualTo(2);
    }

    @Test
    void aSlowBrowserIsSentOneAtATimeAndDelaysNobody() {
        FakeBrowser slow = watch("b1");
        FakeBrowser quick = watch("b1");
        CompletableFuture<Void> pending = slow.block();
        upstream(0).tell(States.SCHEDULED, States.LOADING, States.READY);

        assertThat(slow.heard()).containsExactly("keepalive", "scheduled");
        assertThat(quick.heard()).containsExactly("keepalive", "scheduled", "loading", "ready");

        slow.pending = CompletableFuture.completedFuture(null);
        pending.complete(null);
        assertThat(slow.heard()).isEqualTo(quick.heard());
    }

    @Test
    void keepalivesComeAfterFifteenSecondsOfSilenceAndStopWhileASendIsPending() {
        FakeBrowser browser = watch("b1");
        ticker.advance(Duration.ofSeconds(14));
        assertThat(browser.heard()).containsExactly("keepalive");
        upstream(0).tell(States.READY);
        ticker.advance(Duration.ofSeconds(14));
        assertThat(browser.heard()).containsExactly("keepalive", "ready");
        ticker.advance(Duration.ofSeconds(16));
        assertThat(browser.heard()).containsExactly("keepalive", "ready", "keepalive", "keepalive");

        CompletableFuture<Void> pending = browser.block();
        ticker.advance(Duration.ofSeconds(55));
        assertThat(browser.heard()).hasSize(5);
        browser.pending = CompletableFuture.completedFuture(null);
        pending.complete(null);
        ticker.advance(Duration.ofSeconds(15));
        assertThat(browser.heard()).hasSize(6);
    }

    @Test
    void aSendThatTakesAMinuteEndsTheStreamOfItsBrowserAlone() {
        FakeBrowser stuck = watch("b1");
        FakeBrowser other = watch("b1");
        stuck.pending = new CompletableFuture<>();
        upstream(0).tell(States.READY);
        ticker.advance(Duration.ofSeconds(61));
        upstream(0).tell(States.TERMINATING);

        assertThat(stuck.heard()).containsExactly("keepalive", "ready", "end");
        assertThat(other.heard()).contains("ready", "terminating").doesNotContain("end");
        other.leave();
        upstream(0).tell(States.TERMINATED);
        assertNothingIsLeft();
        assertThat(upstream(0).closed).isTrue();
    }

    /** The alarm that ends a send would else wait for the thread that this send holds. */
    @Test
    void browsersThatHoldUpEveryThreadAreGivenUpAfterAMinuteAndOthersGoOn() {
        SharedStreams real = new SharedStreams(this::open, ticker, LIMIT);
        List<HeldBrowser> held = new ArrayList<>();
        for (int i = 0; i < SendThreads.MANY; i++) {
            HeldBrowser browser = new HeldBrowser();
            held.add(browser);
            real.watch("b1", null, browser);
        }
        Duration passed = Duration.ZERO;
        upstream(0).tell(States.READY);
        for (int threads = SendThreads.FEW; threads < SendThreads.MANY; threads *= 2) {
            awaitHeld(held, threads);
            ticker.advance(SendThreads.PATIENCE);
            passed = passed.plus(SendThreads.PATIENCE);
        }
        awaitHeld(held, SendThreads.MANY);
        FakeBrowser other = new FakeBrowser();
        real.watch("b2", null, other);
        upstream(1).tell(States.READY);
        assertThat(other.heard()).containsExactly("keepalive");

        ticker.advance(Browser.SEND_LIMIT.minus(passed));

        eventually("the other is told", () -> other.heard().contains("ready"));
        eventually("the others are gone", () -> real.size() == 1);
        eventually("their connections are closed", () -> held.stream().allMatch(HeldBrowser::isClosed));
        assertThat(other.closed).isFalse();
    }

    private static void awaitHeld(List<HeldBrowser> browsers, int count) {
        eventually(
                count + " threads are held up",
                () -> browsers.stream().filter(browser -> browser.isHeld).count() == count);
    }

    @Test
    void theLastBrowserThatLeavesClosesTheStream() {
        FakeBrowser one = watch("b1");
        FakeBrowser other = watch("b1");
        one.leave();
        ticker.advance(Duration.ofSeconds(15));
        assertThat(upstream(0).closed).isFalse();
        other.leave();
        ticker.advance(Duration.ofSeconds(15));

        assertThat(upstream(0).closed).isTrue();
        assertNothingIsLeft();
        watch("b1");
        assertThat(upstreams).hasSize(2);
    }

    @Test
    void aBrowserWhoseSendFailsHasLeft() {
        FakeBrowser throwing = watch("b1");
        throwing.failure = new IllegalStateException("closed");
        FakeBrowser failing = watch("b1");
        failing.pending = CompletableFuture.failedFuture(new java.io.IOException("broken pipe"));
        upstream(0).tell(States.READY);

        assertThat(throwing.closed).isTrue();
        assertThat(failing.closed).isTrue();
        assertThat(upstream(0).closed).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void anOpeningThatNobodyWaitsForAnyMoreIsGivenUp() {
        FakeBrowser browser = watchUnopened("b1");
        browser.leave();
        ticker.advance(Duration.ofSeconds(15));

        assertThat(upstream(0).opening).isCancelled();
        assertNothingIsLeft();
    }

    @Test
    void aStreamThatCannotBeOpenedEndsThoseOfItsBrowsers() {
        FakeBrowser browser = watchUnopened("b1");
        upstream(0).opening.completeExceptionally(new IllegalStateException("refused"));

        assertThat(browser.heard()).containsExactly("keepalive", "end");
        assertNothingIsLeft();
    }

    @Test
    void aClosedClientEndsStreamsAtOnceThoughItsTimerIsGone() {
        FakeBrowser browser = watch("b1");
        ticker.close();
        upstream(0).end(StreamEnd.closed());

        assertThat(browser.heard()).containsExactly("keepalive", "end");
        assertNothingIsLeft();
    }

    @Test
    void aBrowserThatComesAgainHearsWhatIsNew() {
        watch("b1");
        upstream(0).tell(States.SCHEDULED, States.unknown("paused"), States.WAITING, States.READY);
        FakeBrowser again = new FakeBrowser();
        streams.watch("b1", "waiting", again);
        FakeBrowser confused = new FakeBrowser();
        streams.watch("b1", "17", confused);

        // An unknown status has no place in the order: browsers tell it by its name.
        assertThat(again.heard()).containsExactly("keepalive", "paused", "ready");
        assertThat(confused.heard()).containsExactly("keepalive", "scheduled", "paused", "waiting", "ready");
    }

    @Test
    void thereAreOnlySoManyStreams() {
        List<FakeBrowser> browsers = List.of(watch("b1"), watch("b2"), watch("b3"));

        assertThatThrownBy(() -> watch("b4")).isInstanceOf(StreamLimitException.class);
        assertThat(watch("b3").heard()).containsExactly("keepalive");
        upstream(0).tell(States.TERMINATED);
        upstream(0).end(StreamEnd.terminated(States.TERMINATED));
        assertThat(watch("b4").heard()).containsExactly("keepalive");
        assertThat(browsers.get(1).closed).isFalse();
    }

    private FakeBrowser watch(String backendId) {
        FakeBrowser browser = watchUnopened(backendId);
        upstreams.forEach(upstream -> upstream.opening.complete(() -> upstream.closed = true));
        return browser;
    }

    private FakeBrowser watchUnopened(String backendId) {
        FakeBrowser browser = new FakeBrowser();
        streams.watch(backendId, null, browser);
        return browser;
    }

    private CompletableFuture<Runnable> open(String backendId, StatusListener listener) {
        FakeUpstream upstream = new FakeUpstream(listener);
        upstreams.add(upstream);
        return upstream.opening;
    }

    private FakeUpstream upstream(int number) {
        return upstreams.get(number);
    }

    private void assertNothingIsLeft() {
        assertThat(streams.size()).isZero();
        assertThat(ticker.waiting()).isZero();
    }

    private static final class FakeUpstream {
        final CompletableFuture<Runnable> opening = new CompletableFuture<>();
        final StatusListener listener;
        boolean closed;

        FakeUpstream(StatusListener listener) {
            this.listener = listener;
        }

        void tell(BackendState... states) {
            for (BackendState state : states) {
                listener.onState(state);
            }
        }

        void end(StreamEnd how) {
            listener.onEnd(how);
        }
    }

    /** Does not read: what is sent after the first keepalive waits for the end of the connection. */
    private static final class HeldBrowser implements Connection {
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean isHeld;

        @Override
        public CompletionStage<?> send(BackendState state) {
            isHeld = true;
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("closed");
        }

        @Override
        public CompletionStage<?> sendKeepalive() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> sendAway() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isClosed() {
            return closed.getCount() == 0;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** Writes down what it is sent. */
    private static final class FakeBrowser implements Connection {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private boolean left;
        boolean closed;
        RuntimeException failure;
        CompletionStage<Void> pending = CompletableFuture.completedFuture(null);

        List<String> heard() {
            return heard;
        }

        CompletableFuture<Void> block() {
            CompletableFuture<Void> blocked = new CompletableFuture<>();
            pending = blocked;
            return blocked;
        }

        void leave() {
            left = true;
        }

        @Override
        public CompletionStage<?> send(BackendState state) {
            return send(state.statusName());
        }

        @Override
        public CompletionStage<?> sendKeepalive() {
            return send("keepalive");
        }

        @Override
        public CompletionStage<?> sendAway() {
            return send("away");
        }

        private CompletionStage<?> send(String what) {
            if (failure != null) {
                throw failure;
            }
            heard.add(what);
            return pending;
        }

        @Override
        public boolean isClosed() {
            return left || closed;
        }

        @Override
        public void close() {
            closed = true;
            heard.add("end");
        }
    }
}
