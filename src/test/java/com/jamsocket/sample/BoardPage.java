package com.jamsocket.sample;

import static com.jamsocket.testkit.Eventually.eventually;

import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.BrowserWindow;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whiteboard's page, as somebody has it open. */
record BoardPage(BrowserWindow window) {

    private static final Map<String, List<Long>> COLOURS = Map.of(
            "red", List.of(224L, 62L, 54L), "orange", List.of(240L, 140L, 0L), "violet", List.of(138L, 79L, 208L));

    /** Opens it and comes in by that name. */
    static BoardPage open(Browser browser, URI address, String name) {
        return enter(browser.window(address), name);
    }

    static BoardPage enter(BrowserWindow window, String name) {
        window.enter("#me", name);
        BoardPage page = new BoardPage(window);
        page.isReady();
        return page;
    }

    void isReady() {
        window.waitForText("#status", "ready");
        eventually("the board has come", () -> backend() != null);
    }

    /** The backend that it shows. */
    String backend() {
        return (String) window.run("return document.documentElement.dataset.backend");
    }

    void choose(String what) {
        window.click("nav [aria-label=" + what + "]");
    }

    String exportPath() {
        return URI.create(window.element("#export").getDomProperty("href")).getPath();
    }

    void seesPeople(String... names) {
        eventually("they are there: " + List.of(names), () -> window.run(
                        "return [...document.querySelectorAll('#people li')].map((it) => it.title)")
                .equals(List.of(names)));
    }

    /** Opens what has happened there, and waits until it says this in this order. */
    void reads(String... sentences) {
        window.click("#status");
        Pattern all = Pattern.compile(
                Stream.of(sentences).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
        eventually("it is told", () -> all.matcher(window.text("#chronicle")).find());
    }

    void seesCursorOf(String name) {
        window.waitForText("#cursors span", name);
    }

    /** Waits until that colour is at the point of the window. */
    void sees(int[] point, String colour) {
        eventually(colour + " at " + List.of(point[0], point[1]), () -> window.run(
                        "const pixel = document.getElementById('board').getContext('2d')"
                                + ".getImageData(arguments[0], arguments[1], 1, 1).data;"
                                + "return [...pixel].slice(0, 3)",
                        point[0],
                        point[1])
                .equals(COLOURS.get(colour)));
    }

    /** How much of the width has something drawn on it, from the first to the last column. */
    double paintedColumns() {
        return ((Number)
                        window.run(
                                """
                        const board = document.getElementById('board')
                        const { width, height } = board
                        const { data } = board.getContext('2d').getImageData(0, 0, width, height)
                        const columns = []
                        for (let i = 3; i < data.length; i += 4) if (data[i]) columns[((i - 3) / 4) % width] = true
                        return (columns.length - columns.indexOf(true)) / width
                        """))
                .doubleValue();
    }
}
