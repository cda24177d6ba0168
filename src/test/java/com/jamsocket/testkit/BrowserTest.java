package com.jamsocket.testkit;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the browser shows what tests of pages go by. */
@Timeout(120)
class BrowserTest {

    private static final URI PAGE = page(
            """
            <style>@media (prefers-color-scheme: dark) { body { background: #123456 } }</style>
            <h1>ready</h1><input><button onclick="document.querySelector('h1').textContent = 'clicked'">go</button>
            <script>
              addEventListener('pointermove', (e) => { if (e.buttons) window.dragged = [e.clientX, e.clientY] })
              document.querySelector('input').onchange = (e) => console.error('entered ' + e.target.value)
              console.log('no error')
              const name = new URL(location).hash
            </script>
            """);

    @TempDir
    Path directory;

    @Test
    void windowsAreSeenUsedAndHeard() throws Exception {
        try (Browser browser = Browser.start()) {
            BrowserWindow ann = browser.window(PAGE);
            BrowserWindow bob = browser.window(PAGE);
            ann.click("button");
            ann.waitForText("h1", "clicked");
            assertThat(bob.text("h1")).isEqualTo("ready");

            bob.drag(10, 100, 20, 110, 50, 200);
            assertThat(bob.run("return window.dragged")).isEqualTo(List.of(50L, 200L));

            assertThat(browser.errors()).isEmpty();
            bob.enter("input", "words");
            eventually(
                    "it is heard", () -> browser.errors().stream().anyMatch(error -> error.contains("entered words")));

            assertThat(ann.run("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgba(0, 0, 0, 0)");
            ann.colourScheme("dark");
            assertThat(ann.run("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(18, 52, 86)");
            ann.phone();
            assertThat(ann.run("return [innerWidth, 'ontouchstart' in window]")).isNotNull();
            Path picture = directory.resolve("page.png");
            ann.screenshot(picture);
            assertThat(ImageIO.read(Files.newInputStream(picture)).getWidth()).isEqualTo(780);
        }
    }

    private static URI page(String html) {
        return URI.create(
                "data:text/html;base64," + Base64.getEncoder().encodeToString(html.getBytes(StandardCharsets.UTF_8)));
    }
}
