package com.jamsocket.internal.client;

import static com.jamsocket.internal.client.FakeApi.ID;
import static com.jamsocket.internal.client.FakeApi.notFound;
import static com.jamsocket.internal.client.FakeApi.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.StatusRecorder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server leaves out of a stream that lives, on a server that replays its history. */
class GapTest {

    private static final String[] LIFE = {
        ":", "scheduled", "loading", "starting", "waiting", "ready", "terminating", "terminated"
    };

    private FakeApi api;
    private final StatusRecorder heard = new StatusRecorder();
    private final long start = System.nanoTime();

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aStateThatWasLeftOutIsFetchedByAReplayAndComesInOrder() {
        api.status(state("scheduled")).stream(
                api.eventsThenSilence(":", "scheduled", "loading", "ready"), api.eventsThenSilence(LIFE));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses)
                .containsExactly("scheduled", "loading", "starting", "waiting", "ready", "terminating", "terminated");
        assertOneReplay();
    }

    @Test
    void anEndThatWasLeftOutIsFoundByTheStatus() {
        api.status(state("scheduled"), state("terminated")).stream(
                api.eventsThenSilence(":", "scheduled", "loading", "starting", "waiting", "ready"),
                api.eventsThenSilence(LIFE));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses)
                .endsWith("ready", "terminating", "terminated")
                .hasSize(7);
        assertOneReplay();
    }

    @Test
    void aStatusThatABackendHasSkippedCostsOneReplay() {
        api.status(state("scheduled")).stream(
                api.eventsThenSilence("scheduled", "terminating"),
                api.eventsThenSilence("scheduled", "terminating", "terminated"));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses).containsExactly("scheduled", "terminating", "terminated");
        assertOneReplay();
    }

    @Test
    void aStateWaitsNoLongerOnceTheServerHasForgottenItsBackend() {
        // As a development server does: no answer to the stream, and a 404 to the question.
        api.status(state("scheduled"), notFound()).stream(
                api.eventsThenSilence("scheduled", "loading", "terminated"), api.silence());

        assertThat(follow(Duration.ofMinutes(1))).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses).containsExactly("scheduled", "loading", "terminated");
    }

    @Test
    void aProcessThatExitsByItselfLeavesNoGap() {
        api.status(state("scheduled")).stream(
                api.eventsThenSilence("scheduled", "loading", "starting", "waiting", "ready", "terminated"));

        assertThat(follow()).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(api.streamCalls).hasValue(1);
    }

    /** Once, and once more only where that was silent for two seconds, as on a busy machine. */
    private void assertOneReplay() {
        assertThat(heard.delays).filteredOn(Duration::isZero).hasSize(1);
        int others = heard.delays.size() - 1;
        assertThat(others)
                .isLessThanOrEqualTo(
                        (int) Duration.ofNanos(System.nanoTime() - start).toSeconds() / 2);
        assertThat(api.streamCalls.get()).isBetween(2, 2 + others);
    }

    private StreamEnd follow() {
        return follow(Duration.ofMillis(100));
    }

    private StreamEnd follow(Duration interval) {
        try (Jamsocket client = Jamsocket.builder()
                .dev(api.url().getPort())
                .statusCheckInterval(interval)
                .build()) {
            return heard.endOf(client.statusStream(ID, heard));
        }
    }
}
