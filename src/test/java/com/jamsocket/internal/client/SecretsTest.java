package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.wire.Redaction;
import com.jamsocket.testkit.LogRecorder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No secret of the client's is shown, kept or logged, whatever a server or somebody before it says. */
class SecretsTest {

    private static final String TOKEN = "hush-token-7";
    private static final String HEADER = "hush-header-7";
    private static final String PASSWORD = "hush-password-7";
    private static final String ISSUED = "hush-issued-7";
    private static final String MARK = "hush-";

    private static final List<String> BODIES = List.of(
            "you sent %s, which nobody knows",
            "%s",
            "{\"error\":{\"message\":\"%s is revoked\",\"code\":\"%s\",\"id\":\"%s\"}}",
            "{\"id\":\"%s\",\"kind\":\"%s\",\"message\":\"no %s here\"}",
            "{\"%s\":1}",
            "{\"error\":\"%s\"}",
            "<html><body>Forbidden: %s</body></html>",
            "{\"status\":\"%s",
            "{\"status\":{\"%s\":true}}",
            "\u0000%s\u0000");
    private static final List<Integer> STATUSES = List.of(200, 302, 400, 401, 404, 409, 503);

    static Stream<Integer> statuses() {
        return STATUSES.stream();
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void areNotShown(int status) throws Exception {
        try (SilentServer server = new SilentServer();
                LogRecorder log = new LogRecorder("com.jamsocket", Level.ALL);
                Jamsocket api = builder()
                        .apiUrl(server.uri())
                        .account("acme")
                        .service("docs")
                        .build();
                Jamsocket plane = builder().plane(plane(server.uri())).build();
                PlaneControl control = builder().plane(plane(server.uri())).buildPlaneControl()) {
            server.answer(200, "", connected(server.uri()));
            api.connect();
            plane.connect();
            for (String form : BODIES) {
                for (String secret : List.of(TOKEN, HEADER, PASSWORD, ISSUED)) {
                    server.answer(
                            status, "Location: http://elsewhere.example/" + TOKEN + "\r\n", form.replace("%s", secret));
                    calls(api, plane, control).forEach((name, call) -> {
                        Throwable failure = catchThrowable(call::run);
                        if (failure != null) {
                            assertThat(everythingOf(failure))
                                    .as("%s after %d %s", name, status, form)
                                    .doesNotContain(MARK);
                        }
                    });
                }
            }
            // Whether there is anything to log depends on the JDK: without this the recorder might hear nothing.
            System.getLogger("com.jamsocket").log(System.Logger.Level.TRACE, "the last line");
            assertThat(log.texts()).anyMatch(text -> text.contains("the last line"));
            assertThat(log.texts()).noneMatch(text -> text.contains(MARK));
        }
    }

    /** Neither by the one HTTP client nor by the other, both of which refuse it. */
    @Test
    void areNotShownWhereAFilterSetsAHeaderThatHttpDoesNotAllow() throws Exception {
        ClientRequestFilter filter = request -> request.getHeaders().putSingle("X-Filter", HEADER + "\n");
        try (SilentServer server = new SilentServer();
                Jamsocket api = builder()
                        .apiUrl(server.uri())
                        .account("acme")
                        .service("docs")
                        .register(filter)
                        .build();
                Jamsocket plane =
                        builder().plane(plane(server.uri())).register(filter).build();
                PlaneControl control =
                        builder().plane(plane(server.uri())).register(filter).buildPlaneControl()) {
            calls(api, plane, control).forEach((name, call) -> assertThat(everythingOf(catchThrowable(call::run)))
                    .as(name)
                    .contains("X-Filter")
                    .doesNotContain(MARK));
            assertThat(server.requests).hasValue(0);
        }
    }

    @Test
    void areForgottenWithTheirClient() {
        builder()
                .apiUrl(URI.create("http://localhost:9"))
                .account("acme")
                .service("docs")
                .build()
                .close();
        assertThat(Redaction.of("see " + TOKEN)).contains(TOKEN);
    }

    private static Jamsocket.Builder builder() {
        return Jamsocket.builder()
                .token(TOKEN)
                .header("X-Api-Pass", HEADER)
                .retryTime(Duration.ZERO)
                .connectTimeout(Duration.ofSeconds(30));
    }

    private static PlaneSettings plane(URI url) {
        return PlaneSettings.builder(url)
                .image("image")
                .registry("user", PASSWORD)
                .build();
    }

    private static String connected(URI url) {
        return "{\"backend_id\":\"b\",\"spawned\":true,\"status\":\"ready\",\"token\":\"" + ISSUED + "\",\"url\":\""
                + url + "/" + ISSUED + "/\",\"status_url\":\"" + url + "/s\",\"secret_token\":\"" + ISSUED + "\"}";
    }

    private static Map<String, Runnable> calls(Jamsocket api, Jamsocket plane, PlaneControl control) {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        for (Jamsocket client : List.of(api, plane)) {
            String name = client == api ? "API: " : "Plane: ";
            calls.put(name + "connect", client::connect);
            calls.put(
                    name + "connect with a key",
                    () -> client.connect(ConnectRequest.builder().key("k").build()));
            calls.put(name + "status", () -> client.status("b"));
            calls.put(name + "terminate", () -> client.terminate("b", TerminationKind.HARD));
            calls.put(name + "statusStream", () -> client.statusStream("b", state -> {})
                    .close());
            calls.put(name + "ping", client::ping);
        }
        calls.put("clusterState", () -> control.clusterState("c"));
        calls.put("drain", () -> control.drain("c", "d"));
        calls.put("revoke", () -> control.revoke("b", "ann"));
        calls.put("controller status", control::status);
        return calls;
    }

    /** All that an exception tells or keeps: text, stack, causes, getters by way of its serialized form. */
    private static String everythingOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text + bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
