package com.jamsocket.internal.dev.page;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.dev.DevBackend;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard in a browser. With {@code -Dscreenshots=docs/images} the pictures of the documentation are made. */
@Timeout(180)
class DashboardTest {

    private JamsocketDevServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = JamsocketDevServer.builder()
                .lifecycle(Lifecycle.timed(Duration.ofMillis(120)))
                .start();
        http = Http.of(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsWhatHappensAndDoesWhatItIsTold() throws IOException {
        server.nextBackendId("first");
        http.connect("{\"key\":\"doc/42\",\"user\":\"ann\",\"auth\":{\"role\":\"editor\"}}");
        try (Browser browser = Browser.start()) {
            BrowserWindow page = browser.window(server.dashboardUrl());
            page.waitForText("#backends tbody", "first");
            page.waitForText("#backends tbody .status", "ready");
            page.waitForText("#live", "1 live");

            // A form, by keyboard.
            server.nextBackendId("second");
            page.click("#new");
            page.enter("[name=user]", "<b>bob</b>");
            page.waitForText("#backends tbody", "second");
            page.waitForText("#detail-title", "second");
            page.waitForText("#facts", "<b>bob</b>");
            page.waitForText("#detail-states", "ready");
            assertThat(page.text("#facts")).contains(server.connectionUrl().toString());
            assertThat(server.backend("second").snapshot().user()).isEqualTo("<b>bob</b>");

            DevBackend second = server.backend("second");
            for (int i = 1; i <= 3; i++) {
                second.log("line " + i + " <script>alert(1)</script>");
            }
            page.waitForText("#log", "line 3 <script>");
            page.click("tbody tr:last-child .who button");
            page.waitForText("#log", "No lines yet");
            page.click("tbody tr:first-child .who button");
            page.waitForText("#log", "line 1 <script>");

            // Soft and hard ends.
            page.click("[aria-label='Stop first']");
            page.waitForText("tbody tr:last-child", "terminated");
            page.click("[aria-label='Kill second']");
            page.waitForText("#detail-status", "terminated");
            page.waitForText("#detail-states", "hard-terminating (external)");
            page.waitForText("#live", "0 live");

            // What others ask, with the reason of a refusal.
            http.get("/v2/backend/none/status");
            page.waitForText("#requests", "Backend does not exist");

            page.click("#faults form button");
            page.waitForText("#faults ul", "reset, stream, handshake, once");
            page.click("#clear-faults");
            eventually("no fault waits", () -> page.text("#waiting-faults").isEmpty());
            assertThat(browser.errors()).isEmpty();

            // It goes on after its connection was lost.
            server.dropConnections();
            server.nextBackendId("third");
            // The JDK's client may not have noticed yet that its own is lost, too.
            try (RawClient afresh = new RawClient(server).post("/v2/service/acct/svc/connect", "{}")) {
                assertThat(afresh.answer().status()).isEqualTo(200);
            }
            page.waitForText("#backends tbody", "third");
        }
    }

    @Test
    void canBeSeenLightAndDarkOnDesksAndPhones() throws IOException {
        try (Browser browser = Browser.start()) {
            scene();
            BrowserWindow page = browser.window(server.dashboardUrl());
            page.size(1280, 780);
            page.waitForText("#backends tbody", "plan");
            page.click("tbody tr:nth-child(3) .who button");
            page.waitForText("#log", "listening");
            page.run("document.activeElement.blur()");
            shoot(page, "dev-server.png");
            assertThat(overflow(page)).isLessThanOrEqualTo(0);

            page.colourScheme("dark");
            shoot(page, "dev-server-dark.png");

            page.phone();
            assertThat(overflow(page)).isLessThanOrEqualTo(0);
            page.run("scrollTo(0, 0)");
            shoot(page, "dev-server-phone.png");
            page.click("#new");
            shoot(page, "dev-server-phone-form.png");
        }
    }

    private void scene() {
        for (String board : List.of("sketch", "plan", "notes")) {
            server.nextBackendId("k2h5xq0v9c-" + board);
            http.connect("{\"key\":\"board/" + board + "\",\"user\":\"ann\",\"auth\":{\"role\":\"editor\"},"
                    + "\"spawn\":{\"executable\":{\"env\":{\"LOG\":\"debug\"}},\"max_idle_seconds\":300}}");
        }
        DevBackend plan = server.backend("k2h5xq0v9c-plan");
        eventually("all are ready", () -> plan.state().status() == BackendStatus.READY);
        plan.log("listening on 127.0.0.1:39017");
        plan.log("ann has joined, 1 here");
        for (int i = 1; i < 9; i++) {
            plan.log("stroke " + i + " of ann, " + (i * 37 % 90 + 4) + " points");
        }
        server.backend("k2h5xq0v9c-sketch").crash(137);
        http.get("/v2/backend/k2h5xq0v9c-plan/status");
        http.get("/v2/backend/gone/status");
        http.post("/v2/service/acct/svc/connect", "{\"key\":\"\\u0000", "origin", "https://elsewhere.example");
        http.post("/ctrl/connect", "{}");
        server.nextBackendId("k2h5xq0v9c-plane");
        http.post("/ctrl/connect", "{\"spawn_config\":{\"executable\":{\"image\":\"registry.example/boards:2\"}}}");
    }

    private static long overflow(BrowserWindow page) {
        return (Long) page.run("return document.documentElement.scrollWidth - innerWidth");
    }

    private static void shoot(BrowserWindow page, String name) throws IOException {
        Path picture = Path.of(System.getProperty("screenshots", "target/screenshots"), name);
        page.screenshot(picture);
        SmallPicture.shrink(picture);
        assertThat(picture).satisfies(file -> assertThat(Files.size(file)).isLessThan(150_000L));
    }

    // Without a browser

    @Test
    void isForBrowsersOfThisServerOnly() {
        HttpResponse<String> page = http.get("/", "accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(page.body())
                .startsWith("<!doctype html>")
                .doesNotContainPattern("(src|href|url|import|fetch)\\W{1,3}https?:");
        assertThat(http.get("/").statusCode()).isEqualTo(404);
        assertThat(http.get("/dashboard/log?id=none", "sec-fetch-site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(http.get("/dashboard/log?id=none").statusCode()).isEqualTo(400);
        assertThat(http.post("/dashboard/stop", "{\"id\":\"none\"}").statusCode())
                .isEqualTo(400);
        assertThat(http.post("/dashboard/connect", "{\"request\":{}}").statusCode())
                .isEqualTo(400);
        assertThat(http.post("/dashboard/fault", "{\"kind\":\"NONE\"}").statusCode())
                .isEqualTo(400);
        assertThat(http.post("/dashboard/connect", "x").statusCode()).isEqualTo(400);
        assertThat(http.post("/dashboard/none", "{}").statusCode()).isEqualTo(404);
        assertThat(server.requests()).extracting("path").containsExactly("/");
    }

    @Test
    void wantsItsStartTokenWhereOthersReachIt() {
        try (JamsocketDevServer open =
                JamsocketDevServer.builder().host("0.0.0.0").start()) {
            Http others = Http.of(open);
            URI printed = open.dashboardUrl();
            assertThat(printed.getRawQuery()).matches("token=[a-z0-9]{28}");
            assertThat(others.get("/", "accept", "text/html").statusCode()).isEqualTo(401);
            assertThat(others.get("/?token=x", "accept", "text/html").statusCode())
                    .isEqualTo(401);
            assertThat(others.get("/dashboard/events").statusCode()).isEqualTo(401);
            assertThat(others.post("/dashboard/connect", "{\"service\":\"s\",\"request\":{}}")
                            .statusCode())
                    .isEqualTo(401);
            String query = "?" + printed.getRawQuery();
            assertThat(others.get("/" + query, "accept", "text/html").statusCode())
                    .isEqualTo(200);
            assertThat(others.post("/dashboard/connect" + query, "{\"service\":\"s\",\"request\":{}}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(open.spawnCount()).isEqualTo(1);
        }
        assertThat(server.dashboardUrl()).isEqualTo(server.url());
    }

    private int inject(String fault) {
        return http.post("/dashboard/fault", fault).statusCode();
    }

    @Test
    void injectsFaultsAndSaysWhichWait() throws IOException {
        String answer =
                "{\"kind\":\"ANSWER\",\"endpoint\":\"CONNECT\",\"moment\":\"HANDSHAKE\",\"times\":2,\"status\":%d}";
        assertThat(inject(answer.formatted(503))).isEqualTo(200);
        assertThat(inject("{\"kind\":\"DROP_EVENT\",\"event\":\"ready\"}")).isEqualTo(200);
        server.inject(Fault.reset().forBackend("mine"));
        for (String refused : List.of(
                answer.formatted(199),
                answer.formatted(600),
                answer.formatted(503).replace("2", "0"),
                "{\"kind\":\"ANSWER\",\"endpoint\":\"NONE\",\"moment\":\"HANDSHAKE\"}",
                "{\"kind\":\"ANSWER\",\"endpoint\":\"CONNECT\"}")) {
            assertThat(inject(refused)).as(refused).isEqualTo(400);
        }
        try (RawClient viewer = new RawClient(server)) {
            assertThat(viewer.get("/dashboard/events").until("]}\n\n"))
                    .contains("\"answer 503, connect, handshake, 2 times\"")
                    .contains("\"the event READY is left out, stream, once\"")
                    .contains("\"reset, stream, handshake, once, backend mine\"");
            assertThat(http.post("/dashboard/clear-faults", "{}").statusCode()).isEqualTo(200);
            assertThat(viewer.until("\"faults\":[]")).contains("\"type\":\"news\"");
        }
        assertThat(http.post("/v2/service/acct/svc/connect", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsTheOthersWhatIsNewWhenOneLeaves() throws IOException {
        try (RawClient first = new RawClient(server);
                RawClient second = new RawClient(server)) {
            first.get("/dashboard/events").until("\"type\":\"snapshot\"");
            second.get("/dashboard/events").until("\"type\":\"snapshot\"");
            int before = server.connections();
            first.close();
            eventually("it to have left", () -> server.connections() < before);
            server.nextBackendId("new");
            http.spawn();
            assertThat(second.until("\"new\"")).contains("\"type\":\"news\"");
        }
    }

    @Test
    void saysWhyItRefuses() {
        server.nextBackendId("one");
        server.nextBackendId("one");
        String connect = "{\"service\":\"s\",\"request\":5}";
        assertThat(http.post("/dashboard/connect", connect).body()).contains("\"one\"");
        HttpResponse<String> refused = http.post("/dashboard/connect", connect);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("message");
        assertThat(http.get("/dashboard/log").statusCode()).isEqualTo(400);
        assertThat(http.get("/", "accept", "application/json").statusCode()).isEqualTo(404);
        assertThat(http.post("/", "{}", "accept", "text/html").statusCode()).isNotEqualTo(200);
    }
}
