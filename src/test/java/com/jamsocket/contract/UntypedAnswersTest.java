package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.BackendStatus;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.TerminationKind;
import com.jamsocket.UnauthorizedException;
import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that do not say what they are, which is no reason to lose them. */
@Tag("contract")
class UntypedAnswersTest {

    private static final int OF_ANY_LENGTH = 0;

    private HttpServer server;
    private int status = 200;
    private byte[] body = {};
    private int length = OF_ANY_LENGTH;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status, length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Jamsocket.Builder client() {
        return Jamsocket.builder()
                .apiUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .account("a")
                .token("t")
                .service("s")
                .retryTime(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerWithoutContentTypeIsRead(boolean withLength) {
        body = "{\"status\":\"ready\",\"time\":\"2024-11-04T20:42:21.123Z\"}".getBytes(UTF_8);
        length = withLength ? body.length : OF_ANY_LENGTH;
        try (Jamsocket client = client().build()) {
            assertThat(client.status("b1").status()).isEqualTo(BackendStatus.READY);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalWithoutContentTypeSaysItsReason(boolean withLength) {
        status = 400;
        body = "{\"error\":{\"message\":\"no such tag\"}}".getBytes(UTF_8);
        length = withLength ? body.length : OF_ANY_LENGTH;
        try (Jamsocket client = client().build()) {
            var refusal = catchThrowableOfType(JamsocketApiException.class, () -> client.status("b1"));

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.serverMessage()).isEqualTo("no such tag");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 503})
    void anAnswerWithoutBodyIsOneToo(int answered) {
        status = answered;
        length = -1;
        try (Jamsocket client = client().build()) {
            if (answered == 204) {
                client.terminate("b1", TerminationKind.SOFT);
            } else {
                var refusal = catchThrowableOfType(
                        JamsocketApiException.class, () -> client.terminate("b1", TerminationKind.SOFT));

                assertThat(refusal.statusCode()).isEqualTo(answered);
            }
        }
    }

    @Test
    void aFilterMayAnswerWithoutBody() {
        ClientRequestFilter filter =
                context -> context.abortWith(Response.status(403).build());
        try (Jamsocket client = client().register(filter).build()) {
            var refusal = catchThrowableOfType(UnauthorizedException.class, () -> client.status("b1"));

            assertThat(refusal.statusCode()).isEqualTo(403);
        }
    }
}
