package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "Text/Event-Stream",
                "text/event-stream;charset=utf-8",
                "text/event-stream ; charset=windows-1251; x"
            })
    void takesAnEventStreamWithAnyParameters(String contentType) {
        assertThat(Verdict.on(200, contentType(contentType))).isEqualTo(Verdict.STREAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/html", "text/x-bogus", "text/event-streams", "application/json"})
    void refusesAnyOtherContent(String contentType) {
        assertThat(Verdict.on(200, contentType(contentType))).isEqualTo(Verdict.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 205, 206, 300, 304, 305, 400, 401, 403, 404, 405, 407, 410, 418, 422, 429, 500, 503})
    void takesNothingElseForAStream(int status) {
        assertThat(Verdict.on(status, contentType("text/event-stream"))).isEqualTo(Verdict.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void knowsRedirects(int status) {
        assertThat(Verdict.on(status, NONE)).isEqualTo(Verdict.REDIRECT);
    }

    @Test
    void endsOnNoContent() {
        assertThat(Verdict.on(204, NONE)).isEqualTo(Verdict.OVER);
    }

    private static HttpHeaders contentType(String value) {
        return HttpHeaders.of(Map.of("content-type", List.of(value)), (name, ignored) -> true);
    }
}
