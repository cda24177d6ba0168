package com.jamsocket.page;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page of the JavaScript documentation and a socket.io backend on Node, which the development server starts. Built
 * and run by the profile {@code socketio}: the page is in src/it/socketio.
 */
@Timeout(180)
class SocketIoIT {

    private static final Path BUILT = Path.of(System.getProperty("socketio.directory", "target/socketio"));
    private static final String LONG_TEXT =
            "so long that it is compressed ".repeat(100).strip();

    @ParameterizedTest
    @CsvSource({"false, polling", "true, websocket with permessage-deflate"})
    void twoWindowsTalkThroughTheirBackend(String upgrades, String way) {
        Launcher command =
                Launcher.command("node", BUILT.resolve("server.js").toString()).env("UPGRADES", upgrades);
        try (JamsocketDevServer server =
                        JamsocketDevServer.builder().launcher(command).start();
                PageApplication application = new PageApplication(server.port(), new PageApplication.Files(BUILT));
                Browser browser = Browser.start()) {
            URI page = URI.create(application.url() + "/page.html#plan");
            BrowserWindow ann = browser.window(page);
            BrowserWindow bob = browser.window(page);
            ann.waitForText("#ready", "ready");
            ann.waitForText("#people", "2");
            bob.waitForText("#people", "2");

            // Until the upgrade lines go by long polls.
            eventually("it goes by " + way, () -> {
                ann.enter("input", "hello");
                return ann.text("li:last-child").contains(" by " + way + ": hello, 5 bytes");
            });
            bob.waitForText("li:last-child", " by " + way + ": hello, 5 bytes");
            bob.enter("input", LONG_TEXT);
            String size = LONG_TEXT.length() + ", " + LONG_TEXT.length() + " bytes";
            bob.waitForText("li:last-child", size);
            ann.waitForText("li:last-child", size);

            BrowserWindow eve = browser.window(URI.create(application.url() + "/page.html#attic"));
            eve.waitForText("#people", "1");
            assertThat(server.spawnCount()).isEqualTo(2);
            bob.close();
            ann.waitForText("#people", "1");
            assertThat(browser.errors()).isEmpty();
        }
    }
}
