package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.UnauthorizedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    private static final Call CONNECT = new Call("POST", "ctrl/connect", "{}", true, null, false);
    private static final Call STATUS = Call.get("pub/b/b1/status", "b1");

    /** A development server: its errors have every form. */
    private static JamsocketApiException refusal(Call call, int status, String body) {
        return refusal(ServerKind.DEV_SERVER, call, status, body);
    }

    private static JamsocketApiException refusal(ServerKind server, Call call, int status, String body) {
        return Refusal.of(server, call, new Reply(status, body.getBytes(StandardCharsets.UTF_8)), Instant.EPOCH);
    }

    @Test
    void readsTheErrorOfTheJamsocketApi() {
        JamsocketApiException e = refusal(
                STATUS,
                404,
                "{\"error\":{\"message\":\"No such backend\",\"status\":404,\"code\":\"NotFound\",\"id\":\"abc\"}}");
        assertThat(e)
                .isExactlyInstanceOf(BackendNotFoundException.class)
                .hasMessage("404 NotFound from GET pub/b/b1/status: No such backend (error id abc)");
        assertThat(e.statusCode()).isEqualTo(404);
        assertThat(e.kind()).isEqualTo("NotFound");
        assertThat(e.serverMessage()).isEqualTo("No such backend");
        assertThat(e.errorId()).isEqualTo("abc");
        assertThat(e.isRetryable()).isFalse();
        assertThat(e.body()).startsWith("{\"error\":");
    }

    @ParameterizedTest
    @CsvSource({
        "409, KeyHeld, KeyHeldException, false",
        "409, KeyUnheldNoSpawnConfig, KeyUnheldException, false",
        "409, FailedToRemoveKey, JamsocketApiException, true",
        "500, FailedToAcquireKey, JamsocketApiException, true",
        "500, KeyHeldUnhealthy, JamsocketApiException, true",
        "500, NoDroneAvailable, JamsocketApiException, true",
        "400, NoClusterProvided, JamsocketApiException, false",
        "400, InvalidClusterName, JamsocketApiException, false",
        "404, NotFound, BackendNotFoundException, false",
        "500, DatabaseError, JamsocketApiException, true",
        "500, Other, JamsocketApiException, true",
        "400, SomethingNew, JamsocketApiException, false",
    })
    void readsTheErrorsOfPlane(int status, String kind, String type, boolean retryable) {
        JamsocketApiException e = refusal(
                STATUS, status, "{\"id\":\"q1w2e3r4t5y6u7\",\"kind\":\"" + kind + "\",\"message\":\"It says why.\"}");
        assertThat(e.getClass().getSimpleName()).isEqualTo(type);
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.errorId()).isEqualTo("q1w2e3r4t5y6u7");
        assertThat(e.serverMessage()).isEqualTo("It says why.");
        assertThat(e.isRetryable()).isEqualTo(retryable);
    }

    @Test
    void anOwnIdThatIsInUseIsNotARaceThatMayPass() {
        Call connect = new Call("POST", "ctrl/connect", "{}", true, "mine", true);

        JamsocketApiException e = refusal(
                connect, 500, "{\"id\":\"q\",\"kind\":\"FailedToAcquireKey\",\"message\":\"Failed to acquire lock.\"}");

        assertThat(e.isRetryable()).isFalse();
        assertThat(e).hasMessageContaining("the backend id mine is in use");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            400 | JamsocketApiException  | false | Failed to parse the request body as JSON
            400 | JamsocketApiException  | false | Invalid URL: invalid utf-8
            401 | UnauthorizedException  | false | Unauthorized
            413 | JamsocketApiException  | false | length limit exceeded
            415 | JamsocketApiException  | false | Expected request with `Content-Type: application/json`
            422 | JamsocketApiException  | false | Failed to deserialize the JSON body
            429 | RateLimitedException   | true  | slow down
            502 | JamsocketApiException  | true  | Error forwarding auth.
            """)
    void readsPlainText(int status, String type, boolean retryable, String text) {
        JamsocketApiException e = refusal(CONNECT, status, text);
        assertThat(e.getClass().getSimpleName()).isEqualTo(type);
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e.kind()).isNull();
        assertThat(e.errorId()).isNull();
        assertThat(e.serverMessage()).isNull();
        assertThat(e.body()).isEqualTo(text);
        assertThat(e).hasMessage(status + " from POST ctrl/connect: " + text);
    }

    @Test
    void findsTheErrorOfPlaneInTheTextOfADevelopmentServer() {
        JamsocketApiException e = refusal(
                CONNECT,
                409,
                "HTTPError: Failed to spawn backend: 409 Conflict - {\"id\":\"i\","
                        + "\"kind\":\"KeyHeld\",\"message\":\"m\"}\n");
        assertThat(e).isInstanceOf(KeyHeldException.class);
        assertThat(e.errorId()).isEqualTo("i");
    }

    @ParameterizedTest
    @CsvSource({
        "400, false", "401, false", "403, false", "404, false", "405, false", "407, false", "408, true", "409, false",
        "425, true", "429, true", "500, true", "501, false", "502, true", "503, true", "504, true", "302, false"
    })
    void goesByTheStatusWhereThereIsNothingElse(int status, boolean retryable) {
        JamsocketApiException e = refusal(CONNECT, status, "");
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e).hasMessage(status + " from POST ctrl/connect");
        assertThat(e.body()).isEmpty();
    }

    @Test
    void a404IsAboutABackendOnlyWhereOneWasAskedFor() {
        assertThat(refusal(STATUS, 404, "")).isExactlyInstanceOf(BackendNotFoundException.class);
        assertThat(refusal(CONNECT, 404, "")).isExactlyInstanceOf(JamsocketApiException.class);
    }

    /** Each kind of server with a 404 that is not in the form of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            API        | the Jamsocket API    | {"id":"i","kind":"NotFound","message":"m"}
            DEV_SERVER | a development server | 404 page not found
            PLANE      | Plane                | {"error":{"message":"m","code":"NotFound"}}
            """)
    void a404OfSomebodyElseIsNoWordOnTheBackendAndSaysWhereToLook(ServerKind server, String name, String body) {
        JamsocketApiException e = refusal(server, STATUS, 404, body);

        assertThat(e).isExactlyInstanceOf(JamsocketApiException.class);
        assertThat(e)
                .hasMessageContaining(
                        "this 404 is not from " + name + ": check the address, and what stands before the server");
        assertThat(e.isRetryable()).isTrue();
        assertThat(ServerKind.isForeign(e)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aPageIsTheAnswerOfSomebodyElse(ServerKind server) {
        Reply page = new Reply(200, "<html>".getBytes(StandardCharsets.UTF_8));

        assertThat(catchThrowable(() -> server.body(STATUS, page, Instant.EPOCH)))
                .isInstanceOf(JamsocketProtocolException.class)
                .hasMessageContaining("is a page, which is not from " + server)
                .satisfies(failure -> assertThat(ServerKind.isForeign(failure)).isTrue());
    }

    @Test
    void whatTheServerSaysItselfIsNotTheAnswerOfSomebodyElse() {
        assertThat(ServerKind.isForeign(refusal(STATUS, 404, "{\"kind\":\"NotFound\"}")))
                .isFalse();
        assertThat(ServerKind.isForeign(refusal(STATUS, 503, "<html>"))).isFalse();
        Reply tooLong = new Reply(200, new byte[Reply.MAX_BODY + 1]);
        assertThat(ServerKind.isForeign(catchThrowable(() -> ServerKind.API.body(STATUS, tooLong, Instant.EPOCH))))
                .isFalse();
        assertThat(ServerKind.isForeign(new IOException("reset"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void credentialsAreToldApart(int status) {
        assertThat(refusal(STATUS, status, "")).isExactlyInstanceOf(UnauthorizedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"It says why.\"}",
                "{\"message\":\"It says why.\"}",
                "{\"error\":{\"message\":\"It says why.\",\"status\":\"404\",\"code\":null,\"id\":{}}}",
            })
    void putsUpWithMissingFields(String body) {
        JamsocketApiException e = refusal(STATUS, 404, body);
        assertThat(e.serverMessage()).isEqualTo("It says why.");
        assertThat(e.kind()).isNull();
        assertThat(e.errorId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{", "[]", "{\"error\":{}}", "{\"error\":null}", "{\"kind\":[]}", "\"text\"", "null"})
    void putsUpWithOtherJson(String body) {
        JamsocketApiException e = refusal(STATUS, 500, body);
        assertThat(e.statusCode()).isEqualTo(500);
        assertThat(e.body()).isEqualTo(body);
    }

    @Test
    void takesNumbersForCodesAndIds() {
        JamsocketApiException e = refusal(STATUS, 400, "{\"error\":{\"code\":17,\"id\":4711}}");
        assertThat(e.kind()).isEqualTo("17");
        assertThat(e.errorId()).isEqualTo("4711");
    }

    @Test
    void showsAPageInOneShortLine() {
        String page = "<html>\n<head><style>body { color: red }</style></head>\n" + "<p>x</p>\n".repeat(500);
        JamsocketApiException e = refusal(STATUS, 502, page);
        assertThat(e.getMessage())
                .startsWith("502 from GET pub/b/b1/status: <html> <head>")
                .doesNotContain("\n");
        assertThat(e.getMessage().length()).isLessThan(300);
        assertThat(e.body()).isEqualTo(page);
    }

    @Test
    void keepsAtMost64KiBOfTheBody() {
        assertThat(refusal(STATUS, 500, "x ".repeat(100_000)).body()).hasSize(64 * 1024);
    }

    @Test
    void showsNoSecret() {
        String json = "{\"id\":\"i\",\"kind\":\"Other\",\"message\":\"at https://h/S3CRET/ with Bearer "
                + "S3CRET\",\"token\":\"S3CRET\"}";
        for (String body : new String[] {json, "Request was: " + json, json.substring(0, json.length() - 3)}) {
            JamsocketApiException e = refusal(STATUS, 500, body);
            assertThat(e.toString() + e.body() + e.serverMessage() + e.details())
                    .doesNotContain("S3CRET");
        }
    }

    @Test
    void aLongKindOrIdDoesNotFillTheMessage() {
        String body = "{\"kind\":\"" + "k".repeat(9_000) + "\",\"id\":\"" + "i\\n".repeat(9_000) + "\"}";
        assertThat(refusal(STATUS, 500, body).getMessage()).hasSizeLessThan(800).doesNotContain("\n");
    }

    @Test
    void passesOnWhenToTryAgain() {
        JamsocketApiException e = Refusal.of(
                ServerKind.PLANE, CONNECT, new Reply(429, Map.of("retry-after", "7"), new byte[0]), Instant.EPOCH);
        assertThat(e).isExactlyInstanceOf(RateLimitedException.class);
        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(refusal(CONNECT, 409, "{\"kind\":\"KeyUnheldNoSpawnConfig\"}"))
                .isExactlyInstanceOf(KeyUnheldException.class);
    }
}
