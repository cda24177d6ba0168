package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Moment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamsTest extends ClientContract {

    @Test
    void aStreamTellsAWholeLifeInOrderAndOnce() throws Exception {
        assertThat(heardOfAWholeLife().reconnects).hasValue(0);
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

        assertThat(heardOfAWholeLife().reconnects).hasPositiveValue();
    }

    private Heard heardOfAWholeLife() throws Exception {
        Jamsocket client = client();
        String id = client.connect().backendId();
        Heard heard = new Heard();

        StatusSubscription stream = client.statusStream(id, heard);
        heard.await(BackendStatus.READY);
        client.terminate(id, TerminationKind.SOFT);

        assertThat(Heard.endOf(stream)).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(heard.ends).hasSize(1);
        assertThat(heard.statuses())
                .containsExactly(
                        BackendStatus.SCHEDULED,
                        BackendStatus.LOADING,
                        BackendStatus.STARTING,
                        BackendStatus.WAITING,
                        BackendStatus.READY,
                        BackendStatus.TERMINATING,
                        BackendStatus.TERMINATED);
        return heard;
    }
}
