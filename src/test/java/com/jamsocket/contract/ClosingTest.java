package com.jamsocket.contract;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.Eventually;
import com.jamsocket.testkit.StatusRecorder;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClosingTest extends ClientContract {

    @Test
    void aClosedClientLeavesNeitherThreadNorConnection() throws Exception {
        useServerByHand();
        Set<Thread> before = threads();
        StatusRecorder heard = new StatusRecorder();
        StatusSubscription stream = streamOfAClosedClient(heard);

        assertThat(heard.endOf(stream)).isInstanceOf(StreamEnd.Closed.class);
        eventually("no thread of the client", LONG, () -> before.containsAll(threads()));
        // On Java 17 the JDK's HTTP client lets go of idle connections when it is unreachable.
        Eventually.afterCollection(
                "no connection",
                () -> server.connections() <= RestImplementation.present().connectionsLeft());
    }

    private StatusSubscription streamOfAClosedClient(StatusRecorder heard) {
        try (Jamsocket client = settings(server.url()).build()) {
            String id = client.connect().backendId();
            StatusSubscription stream = client.statusStream(id, heard);
            heard.awaitStatus("scheduled");
            client.status(id);
            return stream;
        }
    }

    @Test
    void aClosedClientSaysSo() {
        Jamsocket client = client();
        client.close();
        client.close();

        assertThatThrownBy(client::connect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> client.status("b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.statusStream("b", state -> {})).isInstanceOf(IllegalStateException.class);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jamsocket-"))
                .collect(Collectors.toSet());
    }
}
