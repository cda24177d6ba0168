package com.jamsocket.internal.client;

import static com.jamsocket.internal.client.FakeApi.ID;
import static com.jamsocket.internal.client.FakeApi.answer;
import static com.jamsocket.internal.client.FakeApi.events;
import static com.jamsocket.internal.client.FakeApi.notFound;
import static com.jamsocket.internal.client.FakeApi.onceHeard;
import static com.jamsocket.internal.client.FakeApi.state;
import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.StatusRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusStreamTest {

    private FakeApi api;
    private final StatusRecorder heard = new StatusRecorder();

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void deliversEachStatusOnceAndInOrderOverSeveralConnections() {
        // Not ahead of the stream, however slow this machine: then nothing but a broken connection has another opened.
        api.status(state("scheduled")).stream(
                events("scheduled", "loading"),
                events("scheduled", "loading", "starting", "waiting"),
                events("loading", "ready", "terminated"));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses)
                .containsExactly("scheduled", "loading", "starting", "waiting", "ready", "terminated");
        assertThat(heard.attempts).containsExactly(1, 1);
    }

    @Test
    void dropsWhatGoesBackwards() {
        api.status(state("ready")).stream(events("ready", "loading", "terminating", "ready", "terminated"));

        follow();

        assertThat(heard.statuses).containsExactly("ready", "terminating", "terminated");
    }

    @Test
    void deliversAnUnknownStatusOnceByItsName() {
        api.status(state("ready")).stream(events("ready", "paused", "paused", "resumed", "terminated"));

        follow();

        assertThat(heard.statuses).containsExactly("ready", "paused", "resumed", "terminated");
    }

    @Test
    void skipsAnEventThatIsNotUnderstood() {
        api.status(state("ready")).stream(events("ready", "{\"status\":", "{}", "terminated"));

        follow();

        assertThat(heard.statuses).containsExactly("ready", "terminated");
    }

    @Test
    void logsEventsThatAreNotUnderstoodOnceAndThenHowMany() {
        api.status(state("ready")).stream(events("ready", "{\"status\":", "{}", "{\"status\":1}", "terminated"));

        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            follow();

            eventually("the count", () -> log.warnings().size() == 2);
            assertThat(log.warnings().get(0).getThrown()).isNull();
            assertThat(log.warnings().get(1).getMessage()).contains(ID).contains("3 failures like this in all");
        }
    }

    @Test
    void theEndCarriesTheLastState() {
        api.status(state("ready")).stream(events("terminated"));

        assertThat(((StreamEnd.Terminated) follow()).state())
                .extracting(BackendState.Terminated::status)
                .hasToString("TERMINATED");
    }

    @Test
    void refusesAnUnknownBackendAtTheCallAndAsksTwiceBefore() {
        api.status(notFound());

        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(() -> client.statusStream(ID, heard))
                    .isInstanceOf(BackendNotFoundException.class)
                    .satisfies(e -> assertThat(e.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(StatusStreamTest.class.getName())));
        }
        assertThat(api.statusCalls).hasValue(3);
        assertThat(api.streamCalls).hasValue(0);
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void waitsForAServerThatLearnsOfTheBackendLate() {
        api.status(notFound(), state("scheduled")).stream(events("scheduled", "terminated"));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
    }

    @Test
    void aBackendThatIsForgottenMeanwhileIsGone() {
        api.status(state("ready"), notFound()).stream(events("ready"), api.silence());

        assertThat(forgotten(follow())).isEqualTo("ready");
        assertThat(heard.statuses).containsExactly("ready");
    }

    /** The server comes back without it between the question and the stream. */
    @Test
    void aBackendThatIsForgottenBeforeTheStreamReconnectsIsGone() {
        api.status(state("ready"), answer(503, "")).stream(events("ready"), notFound());

        assertThat(forgotten(follow())).isEqualTo("ready");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 410, 204})
    void aRefusedStreamFailsWithWhatTheServerSaid(int status) {
        api.status(state("ready")).stream(answer(status, ""));

        StreamEnd end = follow();

        JamsocketException cause = ((StreamEnd.Failed) end).cause();
        assertThat(cause)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(JamsocketApiException.class))
                .extracting(JamsocketApiException::statusCode)
                .isEqualTo(status);
        assertThat(api.streamCalls).hasValue(1);
        if (status == 401) {
            assertThat(cause).isInstanceOf(UnauthorizedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "404 page not found", "default backend - 404", "<html>no</html>", "{\"status\":404}"})
    void a404OfAnIntermediaryIsNoEnd(String body) {
        api.status(state("ready"), answer(404, body)).stream(
                events("ready"), answer(404, body), answer(404, body), events("ready", "terminated"));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses).containsExactly("ready", "terminated");
    }

    @Test
    void anOpeningFailsForA404OfAnIntermediaryWithWhatItIs() {
        api.status(answer(404, "404 page not found"));

        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(() -> client.statusStream(ID, heard))
                    .isExactlyInstanceOf(JamsocketApiException.class)
                    .hasMessageContaining("this 404 is not from the Jamsocket API: check the address");
        }
    }

    @Test
    void anOpeningIsRetriedLikeACall() {
        api.status(answer(502, ""), answer(503, ""), state("ready")).stream(events("ready", "terminated"));

        try (Jamsocket client = api.client().retryTime(Duration.ofMinutes(1)).build()) {
            assertThat(heard.endOf(client.statusStream(ID, heard))).isInstanceOf(StreamEnd.Terminated.class);
        }
    }

    @Test
    void anOpeningForFollowingIsRetriedForAsLongAsItMayPass() {
        FakeApi.Reply down = answer(503, "");
        api.status(down, down, down, down, down, down, state("ready")).stream(events("ready", "terminated"));

        try (Jamsocket client = api.client().build()) {
            StatusSubscription subscription = StatusFollower.of(client)
                    .follow(ID, heard, found -> {})
                    .toCompletableFuture()
                    .join();
            assertThat(heard.endOf(subscription)).isInstanceOf(StreamEnd.Terminated.class);
        }
    }

    @Test
    void anOpeningForFollowingEndsWithARefusalAndWhenSomebodyElseKeepsAnswering() {
        api.status(answer(503, ""), answer(403, ""), answer(404, "default backend - 404"));

        try (Jamsocket client = api.client().build()) {
            StatusFollower follower = StatusFollower.of(client);
            assertThat(follower.follow(ID, heard, found -> {}))
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withCauseInstanceOf(UnauthorizedException.class);
            assertThat(follower.follow(ID, heard, found -> {}))
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withMessageContaining("this 404 is not from the Jamsocket API");
        }
    }

    @Test
    void anotherContentTypeIsNoStream() {
        api.status(state("ready")).stream(answer(200, "<html>"));

        assertThat(((StreamEnd.Failed) follow()).cause()).isInstanceOf(JamsocketProtocolException.class);
    }

    @Test
    void anEventOverTheLimitEndsTheStream() {
        api.status(state("ready")).stream(events("ready", "{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}"));

        assertThat(((StreamEnd.Failed) follow()).cause())
                .isInstanceOf(JamsocketProtocolException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aLimitOfAttemptsIsAnEndWithTheLastFailureAsItsCause() {
        api.status(state("ready")).stream(answer(500, "oh"));

        ReconnectPolicy policy = ReconnectPolicy.ofDefaults()
                .withDelays(Duration.ofMillis(1), Duration.ofMillis(1))
                .withMaxAttempts(2);
        try (Jamsocket client = api.client().reconnectPolicy(policy).build()) {
            StreamEnd end = heard.endOf(client.statusStream(ID, heard));

            JamsocketException cause = ((StreamEnd.Failed) end).cause();
            assertThat(cause).isInstanceOf(JamsocketConnectionException.class);
            assertThat(cause.getCause())
                    .isInstanceOf(JamsocketApiException.class)
                    .hasMessageContaining("500");
        }
        assertThat(api.streamCalls).hasValue(3);
        assertThat(heard.attempts).containsExactly(1, 2);
    }

    @Test
    void aLimitOfAttemptsIsAnEndAlsoWhereTheServerEndedItsStreams() {
        api.status(state("ready")).stream(events("ready"));

        ReconnectPolicy policy = ReconnectPolicy.ofDefaults()
                .withDelays(Duration.ofMillis(1), Duration.ofMinutes(1))
                .withMaxAttempts(1);
        try (Jamsocket client = api.client().reconnectPolicy(policy).build()) {
            StatusSubscription subscription = client.statusStream(ID, heard);
            assertThat(subscription).hasToString("StatusSubscription[" + ID + "]");

            assertThat(((StreamEnd.Failed) heard.endOf(subscription)).cause())
                    .isInstanceOf(JamsocketConnectionException.class)
                    .hasMessageContaining("the limit of tries to connect again is reached")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void whoeverAsksForTheEndAgainAndAgainCostsNothing() {
        api.status(state("ready")).stream(api.eventsThenSilence("ready"));
        try (Jamsocket client = api.client().build()) {
            StatusSubscription subscription = client.statusStream(ID, heard);
            CompletableFuture<StreamEnd> end = subscription.end().toCompletableFuture();

            assertThat(subscription.end().toCompletableFuture()).isSameAs(end);
            assertThat(end.cancel(true)).isFalse();
            subscription.close();

            assertThat(end).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(StreamEnd.closed());
        }
    }

    @Test
    void aStreamThatIsRedirectedToNowhereFailsWithThat() {
        api.status(state("ready")).stream(answer(307, ""));

        assertThat(((StreamEnd.Failed) follow()).cause())
                .isInstanceOf(JamsocketException.class)
                .hasMessageContaining("307 from GET v2/backend/b1/status/stream: redirected to no address");
    }

    @Test
    void aStreamThatIsRedirectedToAnotherOriginSaysWhereToAndWhyAsACallDoes() {
        api.status(state("ready")).stream(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://other.invalid/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        });

        assertThat(((StreamEnd.Failed) follow()).cause())
                .isInstanceOf(JamsocketApiException.class)
                .hasMessageContaining("307 from GET v2/backend/b1/status/stream: redirected to another origin,"
                        + " http://other.invalid:80, which is not followed for the sake of the credentials");
    }

    @Test
    void aServerThatRepeatsItselfDoesNotStartTheBackOffAfresh() {
        api.status(state("ready")).stream(
                events("ready"), events("ready"), events("ready"), events("ready", "terminated"));

        ReconnectPolicy policy = ReconnectPolicy.ofDefaults().withDelays(Duration.ofMillis(10), Duration.ofMinutes(1));
        try (Jamsocket client = api.client().reconnectPolicy(policy).build()) {
            heard.endOf(client.statusStream(ID, heard));
        }

        assertThat(heard.attempts).containsExactly(1, 2, 3);
    }

    @Test
    void aListenerThatThrowsGetsTheRest() {
        api.status(state("ready")).stream(events("scheduled", "ready", "terminated"));
        StatusRecorder all = new StatusRecorder();

        try (Jamsocket client = api.client().build()) {
            StatusSubscription subscription = client.statusStream(ID, new StatusListener() {
                @Override
                public void onState(BackendState state) {
                    all.onState(state);
                    throw new IllegalStateException("thrown by the listener");
                }

                @Override
                public void onEnd(StreamEnd end) {
                    all.onEnd(end);
                    throw new IllegalStateException("thrown by the listener");
                }
            });
            assertThat(all.endOf(subscription)).isInstanceOf(StreamEnd.Terminated.class);
        }
        assertThat(all.statuses).containsExactly("scheduled", "ready", "terminated");
    }

    @Test
    void closingFromTheListenerIsTheLastOfIt() {
        api.status(state("ready")).stream(events("scheduled", "loading", "ready"));
        AtomicReference<StatusSubscription> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);

        try (Jamsocket client = api.client().build()) {
            StatusSubscription subscription = client.statusStream(ID, new StatusListener() {
                @Override
                public void onState(BackendState state) {
                    await(known);
                    heard.onState(state);
                    own.get().close();
                }

                @Override
                public void onEnd(StreamEnd end) {
                    heard.onEnd(end);
                }
            });
            own.set(subscription);
            known.countDown();

            assertThat(heard.endOf(subscription)).isEqualTo(new StreamEnd.Closed());
        }
        assertThat(heard.statuses).containsExactly("scheduled");
    }

    @Test
    void closingTheClientClosesItsStreams() {
        api.status(state("ready")).stream(api.eventsThenSilence("ready"));

        Jamsocket client = api.client().build();
        StatusSubscription subscription = client.statusStream(ID, heard);
        client.close();
        client.close();

        assertThat(heard.endOf(subscription)).isEqualTo(new StreamEnd.Closed());
        assertThatThrownBy(() -> client.statusStream(ID, heard)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.status(ID)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        api.status(state("ready")).stream(api.eventsThenSilence("ready"));

        try (Jamsocket client = api.client().build()) {
            StatusSubscription subscription = client.statusStream(ID, heard);
            subscription.close();
            subscription.close();
            assertThat(heard.endOf(subscription)).isEqualTo(new StreamEnd.Closed());
            assertThat(subscription.backendId()).isEqualTo(ID);
        }
    }

    @Test
    void findsADeadConnectionOfAServerWithoutKeepalivesByItsStatus() {
        api.status(state("loading"), onceHeard(heard, "loading", state("loading")), state("ready")).stream(
                api.eventsThenSilence("loading"), events("loading", "ready", "terminated"));

        try (Jamsocket client =
                api.client().statusCheckInterval(Duration.ofMillis(500)).build()) {
            assertThat(heard.endOf(client.statusStream(ID, heard))).isInstanceOf(StreamEnd.Terminated.class);
        }
        assertThat(heard.statuses).containsExactly("loading", "ready", "terminated");
        // One that has said nothing for two seconds, on a busy machine, is opened once more.
        assertThat(api.streamCalls).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void aBackendThatIsForgottenWhileItsStreamIsSilentIsGone() {
        api.status(state("ready"), onceHeard(heard, "ready", notFound())).stream(api.eventsThenSilence("ready"));

        try (Jamsocket client =
                api.client().statusCheckInterval(Duration.ofMillis(50)).build()) {
            assertThat(forgotten(heard.endOf(client.statusStream(ID, heard)))).isEqualTo("ready");
        }
    }

    @Test
    void anIdleStreamIsLeftAlone() throws InterruptedException {
        api.status(state("ready"), onceHeard(heard, "ready", state("ready"))).stream(api.eventsThenSilence("ready"));

        try (Jamsocket client =
                api.client().statusCheckInterval(Duration.ofMillis(150)).build()) {
            StatusSubscription subscription = client.statusStream(ID, heard);
            for (int checks = 0; checks < 6; checks++) {
                assertThat(api.requests.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
            subscription.close();
            heard.endOf(subscription);
        }
        assertThat(api.streamCalls).hasValue(1);
        assertThat(heard.attempts).isEmpty();
    }

    /** The last status that was seen of a backend which the server has forgotten. */
    private static String forgotten(StreamEnd end) {
        return Objects.requireNonNull(((StreamEnd.Forgotten) end).lastState()).statusName();
    }

    private StreamEnd follow() {
        try (Jamsocket client = api.client().build()) {
            return heard.endOf(client.statusStream(ID, heard));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
