package com.jamsocket.sample;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.demo.whiteboard.Whiteboard;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import com.jamsocket.testkit.Http;
import jakarta.ws.rs.SeBootstrap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whiteboard in a browser, with several people at it. What they see is in target/screenshots; with
 * {@code -Dscreenshots=docs} it is where the documentation has it.
 */
@Timeout(180)
class WhiteboardPageTest {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("screenshots", "target/screenshots"));

    @Test
    void peopleDrawTogetherAndAnEndOfTheBackendStopsNobody() {
        try (Whiteboard whiteboard = Whiteboard.start(SeBootstrap.Configuration.FREE_PORT);
                Browser browser = Browser.start()) {
            BoardPage ann = BoardPage.open(browser, whiteboard.url(), "Ann");
            BoardPage bob = BoardPage.open(browser, whiteboard.url(), "Björn");
            assertThat(bob.backend()).isEqualTo(ann.backend());
            ann.seesPeople("Ann (you)", "Björn");
            bob.seesPeople("Björn (you)", "Ann");

            Seascape.boat(ann);
            bob.sees(Seascape.ON_THE_SAIL, "red");
            bob.seesCursorOf("Ann");
            Seascape.sunAndSea(bob);
            ann.sees(Seascape.ON_THE_SUN, "orange");
            ann.seesCursorOf("Björn");
            ann.window().screenshot(SCREENSHOTS.resolve("whiteboard.png"));

            String svg = new Http(whiteboard.url()).get(ann.exportPath()).body();
            assertThat(svg).startsWith("<svg").contains("stroke=\"#e03e36\"", "stroke=\"#f08c00\"");
            // Tyrus listens before it has its endpoints: a page may come too early, and comes again.
            assertThat(browser.errors()).allMatch(error -> error.contains("/board"));

            anotherBoardIsAnotherProcess(browser, whiteboard, ann);
            aPhoneShowsAll(browser, whiteboard);
            theBoardGoesOnInANewProcess(whiteboard, ann, bob);
        }
    }

    private static void anotherBoardIsAnotherProcess(Browser browser, Whiteboard whiteboard, BoardPage ann) {
        BoardPage elsewhere = BoardPage.open(browser, whiteboard.url().resolve("#attic"), "Eve");
        assertThat(elsewhere.backend()).isNotEqualTo(ann.backend());
        elsewhere.seesPeople("Eve (you)");
        assertThat(elsewhere.window().element("#hint").isDisplayed()).isTrue();
        assertThat(whiteboard.backends().spawnCount()).isEqualTo(2);
        elsewhere.window().close();
    }

    private static void aPhoneShowsAll(Browser browser, Whiteboard whiteboard) {
        BrowserWindow phone = browser.window(whiteboard.url());
        phone.phone();
        phone.colourScheme("dark");
        BoardPage cleo = BoardPage.enter(phone, "Cleo");
        cleo.seesPeople("Cleo (you)", "Ann", "Björn");
        assertThat(phone.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
        assertThat(cleo.paintedColumns()).as("with room at both sides").isBetween(0.6, 0.99);
        phone.screenshot(SCREENSHOTS.resolve("whiteboard-phone.png"));
        phone.close();
    }

    private static void theBoardGoesOnInANewProcess(Whiteboard whiteboard, BoardPage ann, BoardPage bob) {
        String before = ann.backend();
        try (Jamsocket operator = Jamsocket.dev(whiteboard.backends().port())) {
            operator.terminate(before, TerminationKind.HARD);
        }
        for (BoardPage page : new BoardPage[] {ann, bob}) {
            eventually("another process", () -> !page.backend().equals(before));
            page.isReady();
            page.sees(Seascape.ON_THE_SAIL, "red");
        }
        ann.seesPeople("Ann (you)", "Björn");
        ann.choose("violet");
        ann.window().drag(100, 650, 150, 660, 200, 650);
        bob.sees(new int[] {150, 657}, "violet");
    }
}
