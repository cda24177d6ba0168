package com.jamsocket.sample;

import java.util.stream.IntStream;

/** What two people draw: a boat on the sea, and the sun above. In pixels of a window of 1280 by 800. */
final class Seascape {

    static final int[] ON_THE_SAIL = {690, 453};
    static final int[] ON_THE_SUN = {930, 190};

    private Seascape() {}

    static void boat(BoardPage page) {
        page.choose("medium");
        line(page, 430, 490, 480, 560, 740, 560, 800, 488, 430, 490);
        line(page, 612, 488, 610, 205);
        page.choose("red");
        line(page, 630, 235, 770, 450, 630, 455, 630, 235);
        page.choose("violet");
        line(page, 592, 265, 475, 450, 592, 455, 592, 265);
        page.choose("fine");
        page.choose("red");
        line(page, 610, 205, 665, 190, 612, 172, 610, 205);
    }

    static void sunAndSea(BoardPage page) {
        page.choose("blue");
        page.choose("medium");
        wave(page, 600, 240);
        wave(page, 640, 330);
        page.choose("orange");
        page.window().drag(circle(930, 240, 50));
        for (int ray = 0; ray < 8; ray++) {
            double angle = Math.PI * ray / 4;
            line(
                    page,
                    on(930, 85, angle),
                    on(240, 85, angle + Math.PI / 2),
                    on(930, 125, angle),
                    on(240, 125, angle + Math.PI / 2));
        }
        page.choose("ink");
        page.choose("fine");
        line(page, 330, 230, 350, 215, 365, 232, 382, 214, 402, 228);
        line(page, 400, 290, 416, 278, 428, 292, 442, 277, 458, 288);
    }

    private static int on(int centre, int radius, double angle) {
        return centre + (int) Math.round(radius * Math.sin(angle));
    }

    private static int[] circle(int x, int y, int radius) {
        return IntStream.rangeClosed(0, 20)
                .flatMap(i -> IntStream.of(
                        x + (int) Math.round(radius * Math.cos(i * Math.PI / 9.6)),
                        y - (int) Math.round(radius * Math.sin(i * Math.PI / 9.6))))
                .toArray();
    }

    private static void wave(BoardPage page, int y, int from) {
        page.window()
                .drag(IntStream.rangeClosed(0, 22)
                        .flatMap(i -> IntStream.of(from + 32 * i, y + (int) Math.round(12 * Math.sin(i * 1.3))))
                        .toArray());
    }

    /** Straight from corner to corner, as a steady hand does it. */
    private static void line(BoardPage page, int... corners) {
        int steps = 3;
        IntStream points = IntStream.of(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            int x = corners[i - 2];
            int y = corners[i - 1];
            int dx = corners[i] - x;
            int dy = corners[i + 1] - y;
            points = IntStream.concat(
                    points,
                    IntStream.rangeClosed(1, steps)
                            .flatMap(step -> IntStream.of(x + dx * step / steps, y + dy * step / steps)));
        }
        page.window().drag(points.toArray());
    }
}
