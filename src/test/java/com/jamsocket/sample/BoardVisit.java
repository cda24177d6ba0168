package com.jamsocket.sample;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import com.jamsocket.testkit.Http;
import java.net.URI;
import java.nio.file.Path;

/**
 * What people do on a whiteboard, wherever it is. What they see is in target/screenshots; with
 * {@code -Dscreenshots=docs} it is where the documentation has it.
 */
public final class BoardVisit {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("screenshots", "target/screenshots"));

    private final URI address;
    private final JamsocketDevServer backends;
    private final Browser browser;

    /** At an address that ends in a slash, on an application that has its backends there. */
    public BoardVisit(URI address, JamsocketDevServer backends, Browser browser) {
        this.address = address;
        this.backends = backends;
        this.browser = browser;
    }

    /** Two draw together, export it, and go on after the end of its process; others are elsewhere, or have a phone. */
    public void run() {
        BoardPage ann = BoardPage.open(browser, address, "Ann");
        BoardPage bob = BoardPage.open(browser, address, "Björn");
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

        String svg = new Http(address).get(ann.exportPath()).body();
        assertThat(svg).startsWith("<svg").contains("stroke=\"#e03e36\"", "stroke=\"#f08c00\"");
        // Tyrus listens before it has its endpoints: a page may come too early, and comes again.
        assertThat(browser.errors()).allMatch(error -> error.contains("/board"));

        anotherBoardIsAnotherProcess(ann);
        aPhoneShowsAll();
        theBoardGoesOnInANewProcess(ann, bob);
    }

    private void anotherBoardIsAnotherProcess(BoardPage ann) {
        BoardPage elsewhere = BoardPage.open(browser, address.resolve("#attic"), "Eve");
        assertThat(elsewhere.backend()).isNotEqualTo(ann.backend());
        elsewhere.seesPeople("Eve (you)");
        assertThat(elsewhere.window().element("#hint").isDisplayed()).isTrue();
        assertThat(backends.spawnCount()).isEqualTo(2);
        elsewhere.window().close();
    }

    private void aPhoneShowsAll() {
        BrowserWindow phone = browser.window(address);
        phone.phone();
        phone.colourScheme("dark");
        BoardPage cleo = BoardPage.enter(phone, "Cleo");
        cleo.seesPeople("Cleo (you)", "Ann", "Björn");
        assertThat(phone.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
        assertThat(cleo.paintedColumns()).as("with room at both sides").isBetween(0.6, 0.99);
        phone.screenshot(SCREENSHOTS.resolve("whiteboard-phone.png"));
        phone.close();
    }

    private void theBoardGoesOnInANewProcess(BoardPage ann, BoardPage bob) {
        String before = ann.backend();
        try (Jamsocket operator = Jamsocket.dev(backends.port())) {
            operator.terminate(before, TerminationKind.HARD);
        }
        for (BoardPage page : new BoardPage[] {ann, bob}) {
            eventually("another process", () -> !page.backend().equals(before));
            page.isReady();
            page.sees(Seascape.ON_THE_SAIL, "red");
        }
        ann.seesPeople("Ann (you)", "Björn");
        ann.reads("Ann opened the board.", "Its process was ended from outside.", " opened the board.");
        ann.window().screenshot(SCREENSHOTS.resolve("whiteboard-chronicle.png"));
        ann.choose("violet");
        ann.window().drag(100, 650, 150, 660, 200, 650);
        bob.sees(new int[] {150, 657}, "violet");
    }
}
