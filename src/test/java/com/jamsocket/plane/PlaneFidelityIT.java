package com.jamsocket.plane;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the development server answers as Plane itself does, to what Plane refuses above all. */
class PlaneFidelityIT {

    private static final String JSON = "application/json";

    private final URI plane = URI.create(Objects.requireNonNull(System.getProperty("plane.url"), "set -Dplane.url"));
    private final JamsocketDevServer server = JamsocketDevServer.start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"key\":null,\"spawn_config\":null,\"user\":null}",
                "{\"key\":{\"name\":\"nobody-holds-this\",\"namespace\":\"n\",\"tag\":\"t\"}}",
                "{\"auth\":null}",
                "{\"auth\":[]}",
                "{\"auth\":\"x\"}",
                "{\"user\":5}",
                "{\"user\":true}",
                "{\"key\":\"a\"}",
                "{\"key\":{}}",
                "{\"key\":{\"name\":null}}",
                "{\"key\":{\"name\":5}}",
                "{\"key\":{\"name\":{}}}",
                "{\"key\":{\"name\":\"a\",\"tag\":null}}",
                "{\"key\":{\"name\":\"a\",\"namespace\":null}}",
                "{\"spawn_config\":5}",
                "{\"spawn_config\":{}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"use_static_token\":null}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"use_static_token\":\"yes\"}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":1.5}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":\"5\"}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":99999999999}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"lifetime_limit_seconds\":true}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"pool\":null}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"subdomain\":5}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"cluster\":[]}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"id\":{}}}",
                "{\"user\":\"a\",\"user\":\"b\"}",
                "{\"key\":{\"name\":\"a\",\"name\":\"a\"}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"lifetime_limit_seconds\":1e2}}",
                "[]",
                "[null,null]",
                "[null,[\"mine\",null],null]",
                "[[5],null,null]",
                "[[\"a\",5],null,null]",
                "[{\"name\":5},null,null]",
                "[{},null,null]",
                "[5,null,null]",
                "[null,null,5]",
                "[null,null,null,5]",
                "{\"key\":[\"a\",\"b\",5]}",
                "{\"spawn_config\":[null,null,\"\",{},null,1.5,false,null]}",
                "{\"spawn_config\":[null,null,\"\",{},null,null,5,null]}",
                "\"text\"",
                "null",
                "5",
            })
    void refusesWhatPlaneRefuses(String body) throws IOException, InterruptedException {
        assertAnsweredAlike("POST", "/ctrl/connect", JSON, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} x",
                "{}{}",
                "[null,null,null,{}]",
                "[null,null,null]",
                "{\"x\":1,\"x\":2}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"cluster\":\"other.example\"}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"pool\":\"other\"}}",
            })
    void takesWhatPlaneTakes(String body) throws IOException, InterruptedException {
        assertAnsweredAlike("POST", "/ctrl/connect", JSON, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nope",
                "{",
                "{\"key\":",
                "{\"user\":\"\\ud800\"}",
                "{\"auth\":{\"a\":1e400}}",
                "[null,null,null,{},5]"
            })
    void refusesWhatIsNoJson(String body) throws IOException, InterruptedException {
        // The parsers have words of their own for what is wrong.
        assertThat(answer(server.url(), "POST", "/ctrl/connect", JSON, body)
                        .lines()
                        .limit(2))
                .containsExactlyElementsOf(answer(plane, "POST", "/ctrl/connect", JSON, body)
                        .lines()
                        .limit(2)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", "application/vnd.x+json; charset=utf-8"})
    void looksAtTheContentType(String type) throws IOException, InterruptedException {
        assertAnsweredAlike("POST", "/ctrl/connect", type, "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"user\":\"a\"}", "{\"backend_id\":\"b\"}", "{\"backend_id\":null,\"user\":\"a\"}"})
    void refusesToRevokeWhatPlaneRefuses(String body) throws IOException, InterruptedException {
        assertAnsweredAlike("POST", "/ctrl/b/revoke", JSON, body);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /pub/health",
        "POST, /pub/health",
        "GET, /pub/b/nobody/status",
        "POST, /pub/b/nobody/status",
        "HEAD, /pub/b/nobody/status-stream",
        "GET, /ctrl/connect",
        "POST, /ctrl/status",
        "GET, /ctrl/nothing",
        "GET, /pub/nothing",
        "POST, /ctrl/b/nobody/soft-terminate",
        "POST, /ctrl/b/nobody/hard-terminate",
        "GET, /ctrl/b/nobody/hard-terminate",
        "POST, /ctrl/c/localhost:9090/d/dr-nobody/drain",
        "POST, /ctrl/c/other.example/d/dr-nobody/drain",
        "GET, /ctrl/c/other.example/state",
    })
    void answersASmallRequestAsPlaneDoes(String method, String path) throws IOException, InterruptedException {
        assertAnsweredAlike(method, path, JSON, "");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /pub/b/%FF/status",
        "GET, /pub/b/%FF/status-stream",
        "POST, /ctrl/b/%FF/soft-terminate",
        "POST, /ctrl/b/%FF/hard-terminate",
        "GET, /ctrl/c/%FF/state",
        "POST, /ctrl/c/%FF/d/dr-x/drain",
        "POST, /ctrl/c/localhost:9090/d/%FF/drain"
    })
    void refusesPathsThatAreNoUtf8(String method, String path) throws IOException, InterruptedException {
        assertAnsweredAlike(method, path, JSON, "");
    }

    /** As no client for URIs sends it. */
    @Test
    void readsAPercentSignThatEncodesNothingAsOne() throws IOException {
        assertThat(unencoded(server.url())).isEqualTo(unencoded(plane));
    }

    private static String unencoded(URI base) throws IOException {
        try (RawClient client = new RawClient(base)) {
            RawClient.Response answer = client.send("GET /pub/b/%zz/status HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
            return answer.status() + "\n" + withoutId(answer.body());
        }
    }

    private static String withoutId(String body) {
        return body.replaceFirst("\"id\":\"[a-z0-9]*\"", "\"id\":\"…\"");
    }

    private void assertAnsweredAlike(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        assertThat(answer(server.url(), method, path, type, body)).isEqualTo(answer(plane, method, path, type, body));
    }

    /** Status, content type and body; without what is different each time, and where in the text a parser was. */
    private String answer(URI base, String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("content-type", type)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return answer.statusCode() + "\n"
                + answer.headers().firstValue("content-type").orElse("no content type") + "\n"
                + withoutId(answer.body()).replaceFirst(" at line \\d+ column \\d+$", "");
    }
}
