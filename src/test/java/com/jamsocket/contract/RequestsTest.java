package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.StatusRecorder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RequestsTest extends ClientContract {

    private static final Map<Dialect, Paths> PATHS = Map.of(
            Dialect.JAMSOCKET, new Paths("/connect", "/terminate", "/status", "/status/stream"),
            Dialect.PLANE, new Paths("/connect", "/soft-terminate", "/status", "/status-stream"));

    private record Paths(String connect, String terminate, String status, String stream) {}

    @Test
    void headersAndFiltersOfTheApplicationApplyToCallsAndStreams() throws Exception {
        ClientRequestFilter filter =
                request -> request.getHeaders().putSingle("X-Filter", request.getMethod() + " seen");
        Paths paths = PATHS.get(dialect);

        Wiretap tap = tapOfOneOfEach(filter);

        for (String path : List.of(paths.connect, paths.terminate, paths.status, paths.stream)) {
            assertThat(tap.requests(path)).as(path).isNotEmpty().allSatisfy(request -> {
                assertThat(request.header("X-Fixed")).containsExactly("fixed");
                assertThat(request.header("X-Filter")).containsExactly(request.method() + " seen");
            });
        }
    }

    @Test
    void theTokenGoesWhereItIsNeededAndNowhereElse() throws Exception {
        Paths paths = PATHS.get(dialect);

        Wiretap tap = tapOfOneOfEach(request -> {});

        assertThat(authorizations(tap, paths.connect)).containsOnly("Bearer " + Dialect.TOKEN);
        assertThat(authorizations(tap, paths.terminate)).containsOnly("Bearer " + Dialect.TOKEN);
        assertThat(authorizations(tap, paths.status)).isEmpty();
        assertThat(authorizations(tap, paths.stream)).isEmpty();
    }

    @Test
    void bodiesAreJsonOfAKnownLength() throws Exception {
        Wiretap tap = tapOfOneOfEach(request -> {});

        assertThat(tap.requests(PATHS.get(dialect).connect)).singleElement().satisfies(request -> {
            assertThat(request.header("Content-Type")).containsExactly("application/json");
            assertThat(request.header("Content-Length")).hasSize(1);
        });
    }

    @Test
    void whatGoesWellLeavesNoWarningInTheLog() throws Exception {
        try (LogRecorder log = new LogRecorder("")) {
            assertThat(tapOfOneOfEach(request -> {}).connections()).isNotEmpty();

            assertThat(log.warnings()).extracting(LogRecord::getMessage).isEmpty();
        }
    }

    private Wiretap tapOfOneOfEach(ClientRequestFilter filter) throws Exception {
        Wiretap tap = closing(new Wiretap(server.url()));
        Jamsocket client = client(settings(tap.url()).header("X-Fixed", "fixed").register(filter));
        String id = client.connect().backendId();
        StatusRecorder heard = new StatusRecorder();
        var stream = client.statusStream(id, heard);
        heard.awaitStatus("ready");
        client.status(id);
        client.terminate(id, TerminationKind.SOFT);
        heard.endOf(stream);
        return tap;
    }

    private static List<String> authorizations(Wiretap tap, String path) {
        return tap.requests(path).stream()
                .flatMap(request -> request.header("Authorization").stream())
                .toList();
    }
}
