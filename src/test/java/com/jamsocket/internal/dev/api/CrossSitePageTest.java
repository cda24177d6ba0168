package com.jamsocket.internal.dev.api;

import static com.jamsocket.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.RecordedRequest;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a page of another site can do to a developer's server, in a real browser: send to it, and nothing more. */
@Timeout(180)
class CrossSitePageTest {

    private static final String CONNECT = "v2/service/a/s/connect";
    private static final String PLANE_CONNECT = "ctrl/connect";
    private static final String FETCH =
            """
            const [url, body] = arguments
            window.answered = undefined
            fetch(url, { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body })
                .then((answer) => answer.type + answer.status, (error) => '' + error)
                .then((text) => window.answered = text)
            """;

    private JamsocketDevServer server;
    private HttpServer elsewhere;
    private URI evil;

    @BeforeEach
    void start() throws IOException {
        server = JamsocketDevServer.start();
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] page = form().getBytes(UTF_8);
            exchange.getResponseHeaders().add("content-type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        elsewhere.start();
        // Another site than 127.0.0.1, to a browser.
        evil = URI.create("http://localhost:" + elsewhere.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        elsewhere.stop(0);
        server.close();
    }

    /** What a form sends as text is JSON: a name, a sign, and a value. */
    private String form() {
        StringBuilder forms = new StringBuilder("<link rel=icon href=data:,>");
        for (String path : List.of(CONNECT, PLANE_CONNECT)) {
            forms.append("<form method=post enctype=text/plain action='")
                    .append(server.url().resolve(path))
                    .append("'><input type=hidden name='{\"key\":\"' value='\"}'><button id='")
                    .append(path.equals(CONNECT) ? "jamsocket" : "plane")
                    .append("'>win</button></form>");
        }
        return forms.toString();
    }

    @Test
    void aPageOfAnotherSiteStartsNothing() {
        try (Browser browser = Browser.start()) {
            for (String face : List.of("jamsocket", "plane")) {
                BrowserWindow window = browser.window(evil);
                window.click("#" + face);
                window.waitForText("body", "another origin");
                window.close();
            }
            BrowserWindow window = browser.window(evil);
            for (String path : List.of(CONNECT, PLANE_CONNECT)) {
                // Opaque: it cannot even see that it was refused.
                assertThat(fetch(window, path)).isEqualTo("opaque0");
            }
            assertThat(posts()).hasSize(4).allSatisfy(post -> {
                assertThat(post.status()).isEqualTo(403);
                assertThat(post.headers().get("content-type"))
                        .singleElement()
                        .asString()
                        .startsWith("text/plain");
                assertThat(post.headers()).containsEntry("sec-fetch-site", List.of("cross-site"));
            });
            assertThat(server.spawnCount()).isZero();

            // The same from a page of its own, so that it is the site that counts.
            window.show(server.url());
            assertThat(fetch(window, CONNECT)).isEqualTo("basic200");
            assertThat(server.spawnCount()).isEqualTo(1);
        }
    }

    private Object fetch(BrowserWindow window, String path) {
        window.run(FETCH, server.url().resolve(path).toString(), "{}");
        return eventually(
                "an answer",
                Duration.ofSeconds(30),
                () -> window.run("return window.answered"),
                answer -> answer != null);
    }

    private List<RecordedRequest> posts() {
        return server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }
}
