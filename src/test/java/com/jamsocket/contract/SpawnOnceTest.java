package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.dev.Fault.Moment;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kept-alive connection breaks when the server has carried out a request, and has not answered it yet. */
class SpawnOnceTest extends ClientContract {

    private static final int TRIES = 30;

    private Wiretap tap;

    static Stream<Fault> breaks() {
        return Stream.of(Fault.reset(), Fault.end())
                .map(fault -> fault.on(Endpoint.CONNECT).at(Moment.BEFORE_FIRST_EVENT));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aCallWithoutKeyIsNotMadeAgain(Fault fault) throws Exception {
        onAWarmConnection(fault, client -> {
            int sent = tap.requests("/connect").size();

            assertThatThrownBy(client::connect)
                    .isInstanceOfSatisfying(JamsocketConnectionException.class, e -> assertThat(e.mayHaveBeenSent())
                            .isTrue());
            assertThat(tap.requests("/connect")).hasSize(sent + 1);
        });
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void aCallWithKeyIsMadeAgainAndFindsItsBackend(Fault fault) throws Exception {
        onAWarmConnection(fault, client -> {
            String key = "k" + server.spawnCount();

            ConnectResponse response =
                    client.connect(ConnectRequest.builder().key(key).build());

            assertThat(response.spawned()).isFalse();
        });
    }

    /**
     * Has a call struck that spawns one backend, again and again until a connection was struck that had served before.
     * A client may open another at any time: one that served is taken for the next call when it is back in the pool by
     * then.
     */
    private void onAWarmConnection(Fault fault, Consumer<Jamsocket> call) throws Exception {
        tap = closing(new Wiretap(server.url()));
        Jamsocket client = client(settings(tap.url()));
        for (int i = 0; i < TRIES; i++) {
            client.terminate(client.connect().backendId(), TerminationKind.SOFT);
            List<Integer> served = served();
            int spawned = server.spawnCount();
            server.inject(fault);

            call.accept(client);

            assertThat(server.spawnCount()).isEqualTo(spawned + 1);
            List<Integer> now = served();
            if (IntStream.range(0, served.size()).anyMatch(each -> now.get(each) > served.get(each))) {
                return;
            }
        }
        fail("no connection served twice");
    }

    /** How many requests came on each connection. */
    private List<Integer> served() {
        return tap.connections().stream().map(List::size).toList();
    }
}
