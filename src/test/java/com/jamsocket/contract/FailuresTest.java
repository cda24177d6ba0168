package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.FullServer;
import com.jamsocket.testkit.Way;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest extends ClientContract {

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413, 500, 502})
    void aRefusalShowsItsStatusAndBody(int status) {
        server.inject(Fault.answer(status).on(Endpoint.CONNECT));

        JamsocketApiException e = catchThrowableOfType(JamsocketApiException.class, () -> once().connect());

        assertThat(e).isExactlyInstanceOf(JamsocketApiException.class);
        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.kind()).isEqualTo("Injected");
        assertThat(e.serverMessage()).isEqualTo("injected");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void aRefusalOfTheTokenIsOneOfItsOwn(int status) {
        server.inject(Fault.answer(status).on(Endpoint.CONNECT));

        assertThatThrownBy(() -> once().connect())
                .isInstanceOf(UnauthorizedException.class)
                .hasMessageNotContaining(Dialect.TOKEN);
    }

    @Test
    void tooManyRequestsAreToldWithTheTimeToComeBack() {
        server.inject(Fault.answer(429).on(Endpoint.CONNECT).retryAfter(Duration.ofSeconds(7)));

        RateLimitedException e = catchThrowableOfType(RateLimitedException.class, () -> once().connect());

        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatPassesIsWaitedForAsLongAsTheServerAsks() {
        server.inject(Fault.answer(429).on(Endpoint.CONNECT).retryAfter(Duration.ofSeconds(1)));
        long start = System.nanoTime();

        assertThat(client().connect().spawned()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    static Stream<Fault> nonsense() {
        return Stream.of(Fault.html(), Fault.garbage());
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void anAnswerThatIsNotUnderstoodIsNoResult(Fault fault) {
        Jamsocket client = once();
        String id = client.connect().backendId();
        server.inject(fault.on(Endpoint.CONNECT));
        server.inject(fault.on(Endpoint.STATUS));

        assertThatThrownBy(client::connect).isInstanceOf(JamsocketProtocolException.class);
        assertThatThrownBy(() -> client.status(id)).isInstanceOf(JamsocketProtocolException.class);
    }

    @Test
    void aPageFromWhatStandsBeforeTheServerIsNoWordOfTheServer() {
        Jamsocket client = client();
        String id = client.connect().backendId();
        server.inject(Fault.html().on(Endpoint.STATUS));

        assertThat(client.status(id)).isNotNull();

        server.inject(Fault.html().on(Endpoint.CONNECT));
        int before = server.spawnCount();

        assertThatThrownBy(client::connect)
                .isInstanceOf(JamsocketProtocolException.class)
                .hasMessageContaining("check the address");
        assertThat(server.spawnCount()).isEqualTo(before);
    }

    @Test
    void a404OfSomebodyElseIsNoWordOfTheServerAndSaysWhereToLook() throws Exception {
        HttpServer router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        router.createContext("/", exchange -> {
            byte[] body = "404 page not found".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        router.start();
        closing(() -> router.stop(0));
        URI address = URI.create("http://127.0.0.1:" + router.getAddress().getPort());
        Jamsocket client = client(dialect.clientWithoutRetries(address));

        for (Way way : Way.values()) {
            assertThatThrownBy(() -> way.go(client))
                    .as("%s", way)
                    .isExactlyInstanceOf(JamsocketApiException.class)
                    .hasMessageContaining("this 404 is not from "
                            + (dialect == Dialect.PLANE ? "Plane" : "the Jamsocket API")
                            + ": check the address, and what stands before the server");
        }
    }

    @Test
    void aServerThatIsDownWasSentNothing() {
        server.close();

        JamsocketConnectionException e =
                catchThrowableOfType(JamsocketConnectionException.class, () -> once().connect());

        assertThat(e.mayHaveBeenSent()).isFalse();
        assertThat(e).hasMessageContaining("no connection to http://127.0.0.1:" + server.port());
    }

    @Test
    void aServerThatIsDownForAMomentIsCalledAgain() {
        server.refuseConnections(Duration.ofMillis(300));

        assertThat(client().connect().spawned()).isTrue();
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsNotWaitedFor() {
        server.inject(Fault.stall().on(Endpoint.CONNECT));
        Jamsocket client = client(settings(server.url()).readTimeout(Duration.ofMillis(300)));

        JamsocketConnectionException e = catchThrowableOfType(JamsocketConnectionException.class, client::connect);

        assertThat(e.mayHaveBeenSent()).isTrue();
        assertThat(e).hasMessageContaining("within PT0.3S");
    }

    @Test
    void aConnectionThatIsNotMadeInTimeWasSentNothing() throws Exception {
        try (FullServer full = new FullServer()) {
            Jamsocket client = client(
                    settings(full.url()).connectTimeout(Duration.ofMillis(300)).retryTime(Duration.ZERO));

            JamsocketConnectionException e = catchThrowableOfType(JamsocketConnectionException.class, client::connect);

            assertThat(e.mayHaveBeenSent()).isFalse();
        }
    }

    /** A client that calls once only. */
    private Jamsocket once() {
        return client(settings(server.url()).retryTime(Duration.ZERO));
    }
}
