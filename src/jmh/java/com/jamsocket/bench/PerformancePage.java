package com.jamsocket.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last chapter of docs/performance.md: a table for each group of measures, with a line for each candidate. */
final class PerformancePage {

    private static final String CHAPTER = "## All figures\n";

    private PerformancePage() {}

    /** Writes the chapter of a page anew, with the figures of a file. */
    static void update(Path page, Path figures) throws IOException {
        String text = Files.readString(page);
        Files.writeString(page, text.substring(0, text.indexOf(CHAPTER)) + chapter(figures));
    }

    /** The chapter to the end of the page. */
    static String chapter(Path file) throws IOException {
        List<Figure> figures = Figures.read(file);
        Map<String, String> machines = Figures.machines(file);
        List<String> runs = new ArrayList<>(machines.keySet());
        // A run is named by the JDK and what was run; what was run first.
        runs.sort(Comparator.comparing(run -> run.replaceFirst("(\\d+) (.*)", "$2 $1")));
        StringBuilder text = new StringBuilder(CHAPTER)
                .append("\nThe median, the least and the most of the samples, and the ratio to that of the first.\n");
        for (String run : runs) {
            String[] name = run.split(" ", 2);
            text.append("\n### %s, JDK %s\n\n%s\n".formatted(name[1], name[0], machines.get(run)));
            groups(figures.stream().filter(figure -> figure.run().equals(run)).toList())
                    .forEach((group, members) -> text.append(table(group, members)));
        }
        return text.toString();
    }

    /** What is measured under the same conditions, which a measure may begin with. */
    private static Map<String, List<Figure>> groups(List<Figure> figures) {
        Map<String, List<Figure>> groups = new LinkedHashMap<>();
        for (Figure figure : figures) {
            groups.computeIfAbsent(group(figure), absent -> new ArrayList<>()).add(figure);
        }
        return groups;
    }

    private static String group(Figure figure) {
        int end = figure.measure().indexOf(": ");
        return end < 0 ? "" : figure.measure().substring(0, end);
    }

    private static String table(String group, List<Figure> figures) {
        List<String> measures = figures.stream().map(Figure::measure).distinct().toList();
        StringBuilder table = new StringBuilder("\n|" + (group.isEmpty() ? "" : " " + group) + " |");
        for (String measure : measures) {
            table.append(' ')
                    .append(measure.substring(group.isEmpty() ? 0 : group.length() + 2))
                    .append(" |");
        }
        table.append("\n|---|").append("---|".repeat(measures.size())).append('\n');
        for (String candidate :
                figures.stream().map(Figure::candidate).distinct().toList()) {
            table.append("| ").append(candidate).append(" |");
            for (String measure : measures) {
                table.append(figures.stream()
                                .filter(figure -> figure.candidate().equals(candidate)
                                        && figure.measure().equals(measure))
                                .map(figure -> " " + cell(figures, figure))
                                .findFirst()
                                .orElse(""))
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(List<Figure> figures, Figure figure) {
        String ratio = Figures.ratio(figures, figure);
        return "%s %s (%s to %s)%s"
                .formatted(
                        Figures.number(figure.median()),
                        figure.unit(),
                        Figures.number(figure.least()),
                        Figures.number(figure.most()),
                        ratio.isEmpty() ? "" : ", **" + ratio + "**");
    }
}
