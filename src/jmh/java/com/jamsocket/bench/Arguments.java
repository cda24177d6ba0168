package com.jamsocket.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The arguments of a harness, the first of which is the file of figures; each may be left out with all after it. */
record Arguments(List<String> given) {

    private static final Path FIGURES = Path.of("docs/performance.json");
    private static final Path PAGE = Path.of("docs/performance.md");

    Arguments(String... args) {
        this(List.of(args));
    }

    int number(int index, int otherwise) {
        return given.size() > index ? Integer.parseInt(given.get(index)) : otherwise;
    }

    List<Integer> numbers(int from, List<Integer> otherwise) {
        return given.size() > from
                ? given.subList(from, given.size()).stream()
                        .map(Integer::valueOf)
                        .toList()
                : otherwise;
    }

    /** Prints a table of the figures, and puts them into the file; with those of the project into its page too. */
    void conclude(List<Figure> figures) throws IOException {
        System.out.print(Figures.table(figures));
        Path file = given.isEmpty() ? FIGURES : Path.of(given.get(0));
        Figures.write(file, figures);
        if (file.equals(FIGURES)) {
            PerformancePage.update(PAGE, FIGURES);
        }
    }
}
