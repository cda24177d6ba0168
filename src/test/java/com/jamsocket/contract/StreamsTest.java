package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Moment;
import com.jamsocket.testkit.States;
import com.jamsocket.testkit.StatusRecorder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamsTest extends ClientContract {

    @Test
    void aStreamTellsAWholeLifeInOrderAndOnce() throws Exception {
        assertThat(heardOfAWholeLife().attempts).isEmpty();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.answer(503),
                Fault.refuse(),
                Fault.reset().at(Moment.BEFORE_FIRST_EVENT),
                Fault.end().at(Moment.BEFORE_FIRST_EVENT),
                Fault.halfEvent().at(Moment.MID_EVENT),
                Fault.reset().at(Moment.BETWEEN_EVENTS),
                Fault.end().at(Moment.BETWEEN_EVENTS));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aStreamThatBreaksLosesNothingAndRepeatsNothing(Fault fault) throws Exception {
        server.inject(fault);

        StatusRecorder heard = heardOfAWholeLife();

        assertThat(server.requests())
                .filteredOn(request -> request.path().endsWith("stream"))
                .hasSizeGreaterThan(1);
        // What is reset on a connection that was used before, Java's HTTP client may ask for again by itself.
        if (fault.kind() != Fault.Kind.RESET && fault.kind() != Fault.Kind.REFUSE) {
            assertThat(heard.attempts).isNotEmpty();
        }
    }

    private StatusRecorder heardOfAWholeLife() throws Exception {
        Jamsocket client = client();
        String id = client.connect().backendId();
        StatusRecorder heard = new StatusRecorder();

        StatusSubscription stream = client.statusStream(id, heard);
        heard.awaitStatus("ready");
        client.terminate(id, TerminationKind.SOFT);

        assertThat(heard.endOf(stream)).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.statuses).isEqualTo(States.LIFE);
        return heard;
    }
}
