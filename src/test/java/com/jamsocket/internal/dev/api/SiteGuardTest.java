package com.jamsocket.internal.dev.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites make a browser send, byte by byte: CSRF and DNS rebinding. */
@Timeout(60)
class SiteGuardTest {

    private static final String CONNECT = "/v2/service/a/s/connect";
    private static final String PLANE_CONNECT = "/ctrl/connect";
    private static final String SPAWN = "{\"spawn_config\":{\"executable\":{\"image\":\"x\"}}}";

    private JamsocketDevServer server;

    @BeforeEach
    void start() {
        server = JamsocketDevServer.builder()
                .allowedHosts("Dev.example")
                .publicUrl(URI.create("https://public.example:444/"))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient.Response post(String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(server)) {
            return client.post(path, path.equals(PLANE_CONNECT) ? SPAWN : "{}", headers)
                    .answer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Origin: http://localhost.evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: none\r\nOrigin: https://evil.example"
            })
    void refusesChangesThatAnotherOriginAsksFor(String header) throws IOException {
        String id = Http.of(server).spawn();
        for (String path : new String[] {
            CONNECT,
            PLANE_CONNECT,
            "/v2/backend/" + id + "/terminate",
            "/ctrl/b/" + id + "/hard-terminate",
            "/ctrl/b/revoke",
            "/ctrl/c/localhost/d/dr-dev/drain"
        }) {
            RawClient.Response answer = post(path, header);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(server.spawnCount()).isEqualTo(1);
        assertThat(server.backend(id).state().status().isEnding()).isFalse();
    }

    /** It needs no preflight. */
    @Test
    void refusesAForm() throws IOException {
        String body = "{\"key\":\"=\"}";
        try (RawClient client = new RawClient(server)) {
            client.send("POST " + CONNECT + " HTTP/1.1\r\nHost: localhost:" + server.port()
                    + "\r\nOrigin: https://evil.example\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: cross-site\r\n"
                    + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(client.answer().status()).isEqualTo(403);
        }
        assertThat(server.spawnCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: no page",
                "Origin: http://localhost",
                "Origin: https://public.example:444",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none"
            })
    void takesChangesOfItsOwnOriginAndOfPrograms(String header) throws IOException {
        assertThat(post(CONNECT, header).status()).isEqualTo(200);
        assertThat(post(PLANE_CONNECT, header).status()).isEqualTo(200);
    }

    @Test
    void letsPagesOfOtherOriginsReadWhatIsPublic() throws IOException {
        String path = "/v2/backend/" + Http.of(server).spawn() + "/status";
        try (RawClient client = new RawClient(server)) {
            client.get(path, "Origin: https://app.example", "Sec-Fetch-Site: cross-site");
            RawClient.Response answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*");
        }
    }

    @Test
    void letsPagesOfOtherOriginsReachABackend() throws IOException {
        URI url = URI.create(Http.of(server).connect("{}").getString("url"));
        assertThat(url.getHost()).isEqualTo("public.example");
        try (RawClient client = new RawClient(server.connectionUrl().resolve("http://127.0.0.1:" + url.getPort()))) {
            client.post(url.getPath(), "{}", "Origin: https://app.example", "Sec-Fetch-Site: cross-site");
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:1, 200",
        "a.localhost, 200",
        "127.0.0.1:80, 200",
        "10.0.0.7, 200",
        "[::1]:8080, 200",
        "dev.example, 200",
        "DEV.example:80, 200",
        "public.example, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "evil.example:80, 403",
        "a@localhost, 400",
        "localhost:x, 400",
        "'', 400"
    })
    void answersToItsNamesOnly(String host, int status) throws IOException {
        for (int port : new int[] {server.port(), server.connectionUrl().getPort()}) {
            try (RawClient client = new RawClient(URI.create("http://127.0.0.1:" + port))) {
                String path = port == server.port() ? "/pub/health" : "/ready";
                client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                RawClient.Response answer = client.answer();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body().contains("--allowed-host")).isEqualTo(status == 403);
            }
        }
    }
}
