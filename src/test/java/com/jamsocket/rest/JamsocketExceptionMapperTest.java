package com.jamsocket.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketApiException.Details;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.States;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JamsocketExceptionMapperTest {

    private static final String SECRET = "S3CRET";

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new BackendNotFoundException(SECRET, details(404).build()), 404, "backend-not-found"),
                Arguments.of(new BackendEndedException(SECRET, States.TERMINATED), 409, "backend-ended"),
                Arguments.of(new KeyHeldException(SECRET, details(409).build()), 409, "key-held"),
                Arguments.of(new KeyUnheldException(SECRET, details(409).build()), 409, "key-unheld"),
                Arguments.of(new RateLimitedException(SECRET, details(429).build()), 429, "rate-limited"),
                Arguments.of(
                        new JamsocketTimeoutException(SECRET, BackendStatus.READY, Duration.ofSeconds(1), null, null),
                        504,
                        "backend-timeout"),
                Arguments.of(new JamsocketConnectionException(SECRET, null, true), 503, "unavailable"),
                Arguments.of(new JamsocketInterruptedException(SECRET), 503, "unavailable"),
                Arguments.of(
                        new JamsocketApiException(
                                SECRET, details(500).retryable(true).build()),
                        503,
                        "unavailable"),
                Arguments.of(new JamsocketApiException(SECRET, details(400).build()), 502, "bad-gateway"),
                Arguments.of(new UnauthorizedException(SECRET, details(401).build()), 502, "bad-gateway"),
                Arguments.of(new JamsocketConnectionException(SECRET, null, true, false), 502, "bad-gateway"),
                Arguments.of(new JamsocketProtocolException(SECRET, null), 502, "bad-gateway"),
                Arguments.of(new JamsocketConfigurationException(List.of(SECRET)), 500, "misconfigured"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAProblemWithoutWhatTheServerSaid(JamsocketException failure, int status, String code) {
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            Response answer = new JamsocketExceptionMapper().toResponse(failure);

            assertThat(answer.getStatus()).isEqualTo(status);
            assertThat(answer.getMediaType()).hasToString("application/problem+json");
            assertThat(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8))
                    .contains("\"status\":" + status, "\"code\":\"" + code + "\"")
                    .doesNotContain(SECRET);
            // The caller cannot mend these.
            assertThat(log.warnings()).hasSize(status == 500 || status == 502 ? 1 : 0);
        }
    }

    @Test
    void saysWhenToTryAgainInWholeSeconds() {
        assertThat(retryAfter(details(429).retryAfter(Duration.ofMillis(1_500)).build()))
                .isEqualTo("2");
        assertThat(retryAfter(details(429).build())).isEqualTo("5");
    }

    private static String retryAfter(Details details) {
        return new JamsocketExceptionMapper()
                .toResponse(new RateLimitedException(SECRET, details))
                .getHeaderString("Retry-After");
    }

    private static Details.Builder details(int status) {
        return Details.builder(status).serverMessage(SECRET).body(SECRET);
    }
}
