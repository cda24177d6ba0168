package com.jamsocket.docs;

// snippet: lives
import static com.jamsocket.test.JamsocketAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.test.JamsocketTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@JamsocketTest
class DocumentLivesTest {

    private final List<BackendStatus> told = new CopyOnWriteArrayList<>();
    private JamsocketDevServer server;
    private Jamsocket jamsocket;
    private StatusSubscription stream;

    @BeforeEach
    void open() {
        String id = jamsocket
                .connect(ConnectRequest.builder().key("doc/42").build())
                .backendId();
        stream = jamsocket.statusStream(id, state -> told.add(state.status()));
        server.time().advance(Duration.ofSeconds(1));
    }

    @Test
    void aCrashIsTold() {
        server.backendOfKey("doc/42").crash(137);
        server.time().settle();

        assertEquals(BackendStatus.TERMINATED, told.get(told.size() - 1));
        assertThat(server.backend(server.backends().get(0).id())).hasExitedWith(137);
    }

    @Test
    void nobodyComesForAnHour() {
        server.time().advance(Duration.ofHours(1));

        StreamEnd end = stream.end().toCompletableFuture().join();
        assertEquals(StreamEnd.Terminated.class, end.getClass());
        assertThat(server.backend(server.backends().get(0).id())).hasEndedBecause(TerminationReason.SWEPT);
    }

    @Test
    void aLostConnectionLosesNothing() {
        server.refuseConnections(Duration.ofMinutes(2));
        server.dropConnections();
        server.backendOfKey("doc/42").advanceTo(BackendStatus.TERMINATING);
        server.time().advance(Duration.ofMinutes(3));

        assertEquals(
                List.of(
                        BackendStatus.SCHEDULED,
                        BackendStatus.LOADING,
                        BackendStatus.STARTING,
                        BackendStatus.WAITING,
                        BackendStatus.READY,
                        BackendStatus.TERMINATING),
                told);
        assertThat(server).hasSpawned(1);
    }
}
// end
