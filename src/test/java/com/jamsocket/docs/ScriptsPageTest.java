package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.backend.ServletServer;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripts that pages show run in a browser, with the resources that they show, and a backend with a WebSocket. */
@Timeout(120)
class ScriptsPageTest {

    /** What the console is told stands in the page. */
    private static final String PAGE =
            """
            <!doctype html>
            <link rel="icon" href="data:,">
            <pre></pre>
            <script>
              console.log = (line) => { document.querySelector('pre').append(line + '\\n') }
            </script>
            <script type="module">
            %s
            </script>
            """;

    private ServletServer backend;
    private JamsocketDevServer server;

    @BeforeEach
    void startABackend() throws Exception {
        backend = new ServletServer().endpoint(Greeting.class);
        server = JamsocketDevServer.builder()
                .launcher(Launcher.address(URI.create("http://127.0.0.1:" + backend.start() + "/")))
                .start();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        backend.close();
    }

    @ServerEndpoint("/ws")
    public static class Greeting {

        @OnMessage
        public String greet(String text) {
            return text + " from the backend";
        }
    }

    @Test
    void theScriptOfTheReadmeTalksToItsBackend() throws Exception {
        String script = Page.of("README.md").block("js", "In the page").text();
        shows(
                script + "socket.addEventListener('message', (event) => console.log(event.data))",
                "ready",
                "hello from the backend");
    }

    @Test
    void theScriptOfTheGuideIsToldOfTheEnd() throws Exception {
        String script = Page.of("docs/browser.md").block("js", "The page").text();
        try (Browser browser = Browser.start();
                GuideApplication application = application(script + "console.log('ended: ' + reason)")) {
            BrowserWindow window = browser.window(application.url("page.html"));
            window.waitForText("pre", "ready");
            server.backendOfKey("plan").crash(1);
            window.waitForText("pre", "ended: terminated");
            assertThat(browser.errors()).isEmpty();
        }
    }

    private void shows(String script, String... lines) {
        try (Browser browser = Browser.start();
                GuideApplication application = application(script)) {
            BrowserWindow window = browser.window(application.url("page.html"));
            for (String line : lines) {
                window.waitForText("pre", line);
            }
            assertThat(browser.errors()).isEmpty();
        }
    }

    private GuideApplication application(String script) {
        return new GuideApplication("app/", server, Map.of("page.html", PAGE.formatted(script)));
    }
}
