package com.jamsocket.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says what got worse between two files of figures. Ratios to the reference of the same run are compared, for the
 * machine was another, or busier. A ratio is worse if it is so by more than the tolerance, and if the samples of both
 * runs do not overlap. Arguments: the file before, and the file after; exits with 1 if anything is worse.
 */
public final class Comparison {

    private static final double TOLERANCE = 1.10;

    private Comparison() {}

    /** Compares two files. */
    public static void main(String... args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("two files are compared: that from before, and that from after");
        }
        List<Figure> before = Figures.read(Path.of(args[0]));
        List<Figure> after = Figures.read(Path.of(args[1]));
        List<String> worse = worse(before, after);
        worse.forEach(System.out::println);
        System.out.println(compared(before, after).size() + " figures compared, " + worse.size() + " worse");
        System.exit(worse.isEmpty() ? 0 : 1);
    }

    /** One line for each figure that got worse. */
    static List<String> worse(List<Figure> before, List<Figure> after) {
        List<String> lines = new ArrayList<>();
        for (Figure now : compared(before, after)) {
            Figure then = Figures.find(before, now, now.candidate());
            double[] was = ratios(before, then);
            double[] is = ratios(after, now);
            boolean more = now.moreIsBetter();
            double loss = more ? was[1] / is[1] : is[1] / was[1];
            boolean apart = more ? is[2] < was[0] : is[0] > was[2];
            if (loss > TOLERANCE && apart) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s, %s, %s: %.2f of %s, was %.2f",
                        now.run(),
                        now.measure(),
                        now.candidate(),
                        is[1],
                        now.against(),
                        was[1]));
            }
        }
        return lines;
    }

    /** What both files have, but for the references: they are one by definition. */
    private static List<Figure> compared(List<Figure> before, List<Figure> after) {
        return after.stream()
                .filter(figure -> !figure.isReference())
                .filter(figure -> before.stream()
                        .anyMatch(old -> old.run().equals(figure.run())
                                && old.measure().equals(figure.measure())
                                && old.candidate().equals(figure.candidate())
                                && old.against().equals(figure.against())))
                .toList();
    }

    /** The least, the median and the most of a candidate's samples, each to the median of its reference. */
    private static double[] ratios(List<Figure> figures, Figure figure) {
        double reference = Figures.find(figures, figure, figure.against()).median();
        return new double[] {figure.least() / reference, figure.median() / reference, figure.most() / reference};
    }
}
