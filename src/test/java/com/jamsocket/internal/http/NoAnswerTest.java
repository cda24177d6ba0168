package com.jamsocket.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.ProxyTunnelException;
import com.jamsocket.internal.wire.Call;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NoAnswerTest {

    private static final Call CONNECT = new Call("POST", "v2/connect", "{}", true, null, false);
    private static final HttpSettings SETTINGS = new HttpSettings(
            URI.create("http://127.0.0.1:1/"),
            Credentials.of(null, Map.of()),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            null,
            List.of());

    static Stream<Throwable> beforeSending() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new SocketTimeoutException("Connect timed out"),
                new HttpConnectTimeoutException("HTTP connect timed out"));
    }

    @ParameterizedTest
    @MethodSource("beforeSending")
    void aRequestThatDidNotLeaveInFullWasNotSent(Throwable failure) {
        assertThat(NoAnswer.to(CONNECT, SETTINGS, new ProcessingException(failure))
                        .mayHaveBeenSent())
                .isFalse();
    }

    static Stream<Throwable> afterSending() {
        return Stream.of(
                new SocketException("Connection reset"),
                new SocketTimeoutException("Read timed out"),
                new HttpTimeoutException("request timed out"),
                new IOException("Premature EOF"));
    }

    @ParameterizedTest
    @MethodSource("afterSending")
    void anyOtherMayHaveBeenSent(Throwable failure) {
        assertThat(NoAnswer.to(CONNECT, SETTINGS, new ProcessingException(failure))
                        .mayHaveBeenSent())
                .isTrue();
    }

    static Stream<Arguments> tunnels() {
        return Stream.of(
                Arguments.of("Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 502 Bad Gateway\"", 502),
                Arguments.of("Unable to tunnel through proxy.", 0));
    }

    @ParameterizedTest
    @MethodSource("tunnels")
    void aTunnelThatWasRefusedIsSaidToBeThatWithTheStatusWhereItIsKnown(String message, int status) {
        JamsocketConnectionException failure =
                NoAnswer.to(CONNECT, SETTINGS, new ProcessingException(new IOException(message)));

        assertThat(failure)
                .isInstanceOfSatisfying(ProxyTunnelException.class, refused -> assertThat(refused.statusCode())
                        .isEqualTo(status));
        assertThat(failure.getMessage().contains("(CONNECT) with")).isEqualTo(status != 0);
    }
}
