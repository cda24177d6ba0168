package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.dev.Fault.Moment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kept-alive connection breaks when the server has carried out a request, and has not answered it yet. */
class SpawnOnceTest extends ClientContract {

    private Wiretap tap;

    static Stream<Fault> breaks() {
        return Stream.of(Fault.reset(), Fault.end())
                .map(fault -> fault.on(Endpoint.CONNECT).at(Moment.BEFORE_FIRST_EVENT));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aCallWithoutKeyIsNotMadeAgain(Fault fault) throws Exception {
        Jamsocket client = warmedUp();
        server.inject(fault);

        JamsocketConnectionException e = catchThrowableOfType(JamsocketConnectionException.class, client::connect);

        assertThat(e.mayHaveBeenSent()).isTrue();
        assertThat(server.spawnCount()).isEqualTo(2);
        assertThat(tap.requests("/connect")).hasSize(2);
        assertThatTheWarmConnectionBroke();
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aCallWithKeyIsMadeAgainAndFindsItsBackend(Fault fault) throws Exception {
        Jamsocket client = warmedUp();
        server.inject(fault);

        ConnectResponse response =
                client.connect(ConnectRequest.builder().key("k").build());

        assertThat(response.spawned()).isFalse();
        assertThat(server.spawnCount()).isEqualTo(2);
        assertThatTheWarmConnectionBroke();
    }

    private Jamsocket warmedUp() throws Exception {
        tap = closing(new Wiretap(server.url()));
        Jamsocket client = client(settings(tap.url()));
        client.terminate(client.connect().backendId(), TerminationKind.SOFT);
        assertThat(tap.connections()).hasSize(1);
        return client;
    }

    private void assertThatTheWarmConnectionBroke() {
        assertThat(tap.connections().get(0)).hasSize(3).last().satisfies(request -> assertThat(request.path())
                .endsWith("/connect"));
    }
}
