package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.ClientDiagnostics;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import org.junit.jupiter.api.Test;

/** What a client says that it is doing. */
class DiagnosticsTest {

    @Test
    void aClientThatDoesNothingSaysSo() {
        try (Jamsocket client = Jamsocket.builder().dev(8080).name("rooms").build()) {
            ClientDiagnostics idle = client.diagnostics();

            assertThat(idle)
                    .hasToString("ClientDiagnostics[name=rooms, server=http://localhost:8080, version="
                            + idle.version() + ", isClosed=false, activeCalls=0, waitingCallers=0, runningAsyncCalls=0,"
                            + " queuedAsyncCalls=0, openStreams=0, connectedStreams=0, followedBackends=0,"
                            + " lastFailure=null]");
        }
    }

    @Test
    void streamsAndFailuresAreSeen() {
        JamsocketDevServer server = JamsocketDevServer.start();
        try (Jamsocket client = Jamsocket.builder().dev(server.port()).build()) {
            client.statusStream(client.connect().backendId(), state -> {});
            eventually("a stream", () -> client.diagnostics().connectedStreams() == 1);
            assertThatThrownBy(() -> client.status("unknown")).isInstanceOf(BackendNotFoundException.class);

            ClientDiagnostics busy = client.diagnostics();
            assertThat(busy.openStreams()).isEqualTo(1);
            assertThat(busy.activeCalls()).isZero();
            assertThat(busy.lastFailure().operation()).isEqualTo("status");
            assertThat(busy.lastFailure().kind()).isEqualTo("BackendNotFoundException");

            server.close();
            eventually("no connection", () -> client.diagnostics().connectedStreams() == 0);
            eventually(
                    "its failure",
                    () -> client.diagnostics().lastFailure().operation().equals("stream"));
            assertThat(client.diagnostics().openStreams()).isEqualTo(1);
            client.close();
            assertThat(client.diagnostics().isClosed()).isTrue();
            assertThat(client.diagnostics().openStreams()).isZero();
        } finally {
            server.close();
        }
    }

    @Test
    void callsUnderWayAreSeen() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client =
                        Jamsocket.builder().dev(server.port()).asyncCalls(1).build()) {
            server.inject(Fault.stall().on(Fault.Endpoint.STATUS).times(1));
            client.async().status("b");
            eventually("one", () -> client.diagnostics().runningAsyncCalls() == 1);
            client.async().status("b");
            client.async().status("b");

            assertThat(client.diagnostics().activeCalls()).isEqualTo(3);
            assertThat(client.diagnostics().queuedAsyncCalls()).isEqualTo(2);
        }
    }
}
