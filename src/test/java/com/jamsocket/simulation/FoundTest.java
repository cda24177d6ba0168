package com.jamsocket.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.client.SimulatedClient;
import com.jamsocket.internal.client.StatusFollower;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the simulation has found, as lives that say what it was. */
class FoundTest {

    private static final Duration MOMENT = Duration.ofMillis(300);

    private final Chance chance = new Chance(1);
    private final SimulatedTime time = new SimulatedTime(chance);
    private final List<Exchange<?>> requests = new ArrayList<>();
    private final SimulatedHttp http = new SimulatedHttp(time, time.threads(), requests::add);
    private final List<String> heard = new ArrayList<>();
    private final StatusListener listener = state -> heard.add(state.statusName());
    private final LateThreads threads = new LateThreads();
    private final Jamsocket client = client(Engine.PLANE);

    private Jamsocket client(Engine engine) {
        return SimulatedClient.of(
                engine.dialect(),
                new SimulatedTransport(http, call -> new ModelServer.Reply(200, Map.of(), "null"), time, false),
                Duration.ofSeconds(60),
                Hooks.NONE,
                time.threads(),
                new BlockingThreads(time, chance),
                threads,
                time);
    }

    @Test
    void aSubscriberThatCancelsGivesUpTheQuestionBeforeItsStream() {
        Leaver subscriber = new Leaver();
        client.statusPublisher("b1").subscribe(subscriber);
        pass(MOMENT);
        assertThat(http.connections()).hasSize(1);

        subscriber.leave();
        pass(MOMENT);

        expectNothingLeft();
    }

    @Test
    void aStreamThatIsClosedGivesUpTheQuestionBeforeItsReconnection() {
        var opening = open();
        answer("scheduled");
        stream("scheduled").end();
        pass(Duration.ofSeconds(1));
        assertThat(http.connections()).hasSize(1);

        opening.join().close();
        pass(MOMENT);

        expectNothingLeft();
    }

    @Test
    void aStreamThatIsClosedGivesUpTheQuestionThatWasHurriedOn() {
        var opening = open();
        answer("scheduled");
        stream("scheduled");
        pass(Duration.ofSeconds(8));
        client.async().terminate("b1", TerminationKind.SOFT);
        pass(Duration.ofSeconds(6));

        opening.join().close();
        pass(MOMENT);

        expectNothingLeft();
    }

    @Test
    void aStreamThatEndsLeavesNoTimerOfALagBehind() {
        var opening = open();
        answer("scheduled");
        stream("scheduled");
        pass(Duration.ofSeconds(7));
        answer("ready");

        opening.join().close();
        pass(MOMENT);

        expectNothingLeft();
    }

    @Test
    void aStateThatWaitsIsToldWhenTheReplayGoesOnWithoutIt() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "ready");
        stream("terminating");

        assertThat(heard).containsExactly("scheduled", "ready", "terminating");
    }

    @Test
    void anUnknownStateOfAReplayIsNotTheEndOfTheWaiting() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "ready");
        stream("scheduled", "paused", "loading", "starting", "waiting", "ready");

        assertThat(heard).containsExactly("scheduled", "paused", "loading", "starting", "waiting", "ready");
    }

    @Test
    void aServerThatAsksForYearsOfPatienceIsAskedAgainInMinutes() {
        var opening = StatusFollower.of(client).follow("b1", listener, state -> {});
        pass(MOMENT);
        Exchange<?> request = last("/pub/b/b1/status");
        request.head(429, Map.of("Retry-After", List.of("Fri, 31 Dec 9999 23:59:59 GMT")));
        request.end();
        pass(Duration.ofMinutes(8));

        assertThat(requests).hasSizeGreaterThan(1);
        assertThat(opening).isNotCompleted();
    }

    @Test
    void aPageInThePlaceOfTheStatusDoesNotEndFollowing() {
        var opening = StatusFollower.of(client).follow("b1", listener, state -> {});
        pass(MOMENT);
        for (int i = 0; i < 4; i++) {
            answerText("<html><body>Back soon</body></html>");
            pass(Duration.ofSeconds(5));
        }
        answer("scheduled");

        assertThat(opening).isCompleted();
    }

    @Test
    void anEndOfAnotherKindThanTheTerminationBeforeItIsAGap() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "loading", "starting", "waiting", "ready", "terminating")
                .bytes(
                        event("terminated", ",\"termination_reason\":\"swept\",\"termination_kind\":\"hard\""),
                        () -> {});
        pass(MOMENT);
        stream("scheduled", "terminating", "hard-terminating", "terminated");

        assertThat(heard).endsWith("terminating", "hard-terminating", "terminated");
    }

    @Test
    void aStateWaitsWhileItsReplayIsAskedForOnOneConnectionAfterTheOther() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "starting");
        last("/pub/b/b1/status-stream");
        pass(Duration.ofSeconds(3));
        answer("starting");
        last("/pub/b/b1/status-stream").fail(new IOException("Connection reset"));
        pass(Duration.ofSeconds(1));
        answer("starting");
        assertThat(heard).containsExactly("scheduled");
        stream("scheduled", "loading", "starting");

        assertThat(heard).containsExactly("scheduled", "loading", "starting");
    }

    @Test
    void aStateIsToldInTheEndIfNoReplayIsEverAnswered() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "starting");
        pass(Duration.ofSeconds(91));

        assertThat(heard).containsExactly("scheduled", "starting");
    }

    @Test
    void a404WhoseBodyDoesNotComeIsNoWordOfADevelopmentServer() {
        var opening = client(Engine.DEV_SERVER).async().statusStream("b1", listener);
        pass(MOMENT);
        Exchange<?> status = requests.get(0);
        status.head(200, Map.of());
        status.bytes("{\"status\":\"ready\",\"time\":\"2026-11-04T20:42:21.123Z\"}".getBytes(UTF_8), () -> {});
        status.end();
        pass(MOMENT);
        requests.get(1).head(404, Map.of("Content-Type", List.of("text/plain")));
        pass(Duration.ofSeconds(8));

        assertThat(opening.toCompletableFuture().join().end()).isNotCompleted();
        assertThat(requests).hasSizeGreaterThan(2);
    }

    @Test
    void aDelayIsCutShortWhenTheStatusIsAheadOfAStreamThatIsLost() {
        var unused = open();
        answer("scheduled");
        stream("scheduled").end();
        pass(Duration.ofSeconds(1));
        answer("ready");
        Exchange<?> refused = last("/pub/b/b1/status-stream");
        refused.head(503, Map.of("Retry-After", List.of("60")));
        refused.end();
        pass(Duration.ofSeconds(2));
        stream("scheduled", "loading", "starting", "waiting", "ready");

        assertThat(heard).containsExactly("scheduled", "loading", "starting", "waiting", "ready");
    }

    @Test
    void aStreamIsNotGivenUpForLaggingBehindWhileItTells() {
        var unused = open();
        answer("scheduled");
        Exchange<?> stream = stream("scheduled");
        pass(Duration.ofSeconds(7));
        answer("ready");
        for (String status : List.of("loading", "starting", "waiting", "ready")) {
            pass(MOMENT.multipliedBy(2));
            stream.bytes(event(status, ""), () -> {});
        }
        pass(MOMENT);

        assertThat(heard).containsExactly("scheduled", "loading", "starting", "waiting", "ready");
        assertThat(requests.stream()
                        .filter(request -> request.request().uri().getPath().endsWith("-stream")))
                .containsExactly(stream);
    }

    @Test
    void whatWasReceivedIsToldBeforeItsStreamIsGivenUpForLaggingBehind() {
        var unused = open();
        answer("scheduled");
        Exchange<?> stream = stream("scheduled", "loading", "starting", "waiting", "ready", "terminating");
        client.async().terminate("b1", TerminationKind.HARD);
        pass(Duration.ofSeconds(2));
        answer("terminated");
        threads.hold();
        stream.bytes(event("hard-terminating", ""), () -> {});
        pass(Duration.ofSeconds(1));
        threads.goOn();
        pass(Duration.ofSeconds(92));

        assertThat(heard).endsWith("terminating", "hard-terminating", "terminated");
    }

    @Test
    void whatWasReceivedIsToldBeforeItsReplayIsGivenUp() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "starting");
        Exchange<?> replay = stream();
        for (int i = 0; i < 89; i++) {
            replay.bytes(event("scheduled", ""), () -> {});
            pass(Duration.ofSeconds(1));
        }
        threads.hold();
        replay.bytes(event("loading", ""), () -> {});
        pass(Duration.ofSeconds(1));
        threads.goOn();
        pass(MOMENT);

        assertThat(heard).containsExactly("scheduled", "loading", "starting");
    }

    @Test
    void whatWasReceivedIsToldBeforeItsReplayIsAskedForOnceMore() {
        var unused = open();
        answer("scheduled");
        stream("starting");
        Exchange<?> replay = stream();
        pass(Duration.ofSeconds(1));
        threads.hold();
        pass(Duration.ofSeconds(2));
        replay.bytes(event("scheduled", ""), () -> {});
        pass(MOMENT);
        threads.goOn();
        pass(MOMENT);

        assertThat(heard).containsExactly("scheduled");
    }

    @Test
    void whatWasReceivedIsToldBeforeTheBackendIsForgotten() {
        var unused = open();
        answer("scheduled");
        Exchange<?> stream = stream("scheduled", "loading", "starting", "waiting", "ready");
        client.async().terminate("b1", TerminationKind.HARD);
        pass(Duration.ofSeconds(2));
        threads.hold();
        stream.bytes(event("hard-terminating", ""), () -> {});
        Exchange<?> question = last("/pub/b/b1/status");
        question.head(404, Map.of("Content-Type", List.of("application/json")));
        question.bytes(Engine.PLANE.notFound().getBytes(UTF_8), () -> {});
        question.end();
        pass(MOMENT);
        threads.goOn();
        pass(MOMENT);

        assertThat(heard).endsWith("ready", "hard-terminating");
    }

    @Test
    void aBackendThatEndsAfterItWasReadyForLongIsComparedOften() {
        var unused = open();
        answer("scheduled");
        Exchange<?> stream = stream("scheduled", "loading", "starting", "waiting", "ready");
        pass(Duration.ofSeconds(7));
        answer("ready");
        pass(Duration.ofSeconds(10));
        stream.bytes(event("terminating", ""), () -> {});
        pass(Duration.ofSeconds(7));
        answer("terminated");
        pass(Duration.ofSeconds(1));
        stream("scheduled", "loading", "starting", "waiting", "ready", "terminating", "terminated");

        assertThat(heard).endsWith("terminating", "terminated");
    }

    @Test
    void eventsThatAreNotUnderstoodDoNotPutOffTheComparison() {
        var unused = open();
        answer("scheduled");
        Exchange<?> stream = stream("scheduled");
        for (int i = 0; i < 4; i++) {
            stream.bytes("data: {}\n\n".getBytes(UTF_8), () -> {});
            pass(MOMENT);
        }

        assertThat(last("/pub/b/b1/status")).isNotSameAs(requests.get(0));
    }

    @Test
    void aBackendThatIsTerminatedAgainAndAgainIsComparedMeanwhile() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "loading", "starting", "waiting", "ready");
        int before = statusQuestions();
        for (int i = 0; i < 8; i++) {
            client.async().terminate("b1", TerminationKind.SOFT);
            pass(MOMENT);
        }

        assertThat(statusQuestions()).isGreaterThan(before);
    }

    @Test
    void anAnswerToAnEarlierQuestionDoesNotPutOffTheOneAfterATermination() {
        var unused = open();
        answer("scheduled");
        stream("scheduled", "loading", "starting", "waiting", "ready");
        pass(Duration.ofSeconds(7));
        client.async().terminate("b1", TerminationKind.SOFT);
        pass(MOMENT);
        answer("ready");
        int before = statusQuestions();
        pass(Duration.ofSeconds(1));

        assertThat(statusQuestions()).isEqualTo(before + 1);
    }

    private int statusQuestions() {
        return (int) requests.stream()
                .filter(request -> request.request().uri().getPath().equals("/pub/b/b1/status"))
                .count();
    }

    private CompletableFuture<StatusSubscription> open() {
        var opening = client.async().statusStream("b1", listener).toCompletableFuture();
        pass(MOMENT);
        return opening;
    }

    /** Answers the last request, which asks for the status. */
    private void answer(String status) {
        answerText(state(status));
    }

    private void answerText(String body) {
        Exchange<?> request = last("/pub/b/b1/status");
        request.head(200, Map.of());
        request.bytes(body.getBytes(UTF_8), () -> {});
        request.end();
        pass(MOMENT);
    }

    /** Begins to answer the last request, which asks for a stream. */
    private Exchange<?> stream(String... statuses) {
        Exchange<?> request = last("/pub/b/b1/status-stream");
        request.head(200, Map.of("Content-Type", List.of("text/event-stream")));
        for (String status : statuses) {
            request.bytes(event(status, ""), () -> {});
        }
        pass(MOMENT);
        return request;
    }

    private Exchange<?> last(String path) {
        Exchange<?> last = requests.get(requests.size() - 1);
        assertThat(last.request().uri().getPath()).isEqualTo(path);
        return last;
    }

    private static byte[] event(String status, String details) {
        return ("data: " + state(status, details) + "\nid: " + status + "\n\n").getBytes(UTF_8);
    }

    private static String state(String status) {
        return state(status, "");
    }

    private static String state(String status, String details) {
        return "{\"status\":\"" + status + "\",\"time\":1" + details + "}";
    }

    private void pass(Duration duration) {
        boolean ended = time.run(() -> false, time.elapsed().plus(duration));
        assertThat(ended).isFalse();
    }

    private void expectNothingLeft() {
        assertThat(http.connections()).isEmpty();
        assertThat(time.alarms()).isEmpty();
    }

    /** The client's threads, which may all be kept from running for a while. */
    private final class LateThreads implements Executor {
        private final Executor threads = time.threads();
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean held;

        void hold() {
            held = true;
        }

        void goOn() {
            held = false;
            waiting.forEach(threads::execute);
            waiting.clear();
        }

        @Override
        public void execute(Runnable task) {
            if (held) {
                waiting.add(task);
            } else {
                threads.execute(task);
            }
        }
    }

    private static final class Leaver implements Flow.Subscriber<BackendState> {
        private Flow.@Nullable Subscription subscription;

        void leave() {
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(BackendState state) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
