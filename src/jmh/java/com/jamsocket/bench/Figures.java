package com.jamsocket.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a run: gathered, shown as a table, kept in a file. */
final class Figures {

    private final String run;
    private final Map<List<String>, List<Double>> samples = new LinkedHashMap<>();

    /** The figures of one harness on this JDK. */
    Figures(String harness) {
        run = Runtime.version().feature() + " " + harness;
    }

    void add(String measure, String unit, String candidate, String against, double value) {
        samples.computeIfAbsent(List.of(measure, unit, candidate, against), absent -> new ArrayList<>())
                .add(value);
    }

    /** Runs a process to its end, and adds what it says under its name. */
    void sample(Fork fork, String prefix, String candidate, String against) throws IOException, InterruptedException {
        fork.run((measure, unit, value) -> add(prefix + measure, unit, candidate, against, value));
    }

    List<Figure> all() {
        return samples.entrySet().stream()
                .map(entry -> {
                    List<String> key = entry.getKey();
                    return new Figure(run, key.get(0), key.get(1), key.get(2), key.get(3), entry.getValue());
                })
                .toList();
    }

    /** The figure with this measure of this candidate, in the same run as another. */
    static Figure find(List<Figure> figures, Figure like, String candidate) {
        return figures.stream()
                .filter(figure -> figure.run().equals(like.run())
                        && figure.measure().equals(like.measure())
                        && figure.candidate().equals(candidate))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + like.measure() + " of " + candidate));
    }

    /** Median, spread and ratio to the reference, as Markdown. */
    static String table(List<Figure> figures) {
        StringBuilder table =
                new StringBuilder("| Measure | Candidate | Median | Spread | Ratio |\n|---|---|---|---|---|\n");
        for (Figure figure : figures) {
            table.append("| %s | %s | %s %s | %s to %s | %s |\n"
                    .formatted(
                            figure.measure(),
                            figure.candidate(),
                            number(figure.median()),
                            figure.unit(),
                            number(figure.least()),
                            number(figure.most()),
                            ratio(figures, figure)));
        }
        return table.toString();
    }

    /** The ratio to the reference; empty for the reference itself. */
    static String ratio(List<Figure> figures, Figure figure) {
        double reference = find(figures, figure, figure.against()).median();
        return figure.isReference() || reference == 0 ? "" : number(figure.median() / reference);
    }

    static String number(double value) {
        int digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /**
     * Puts figures into a file, in the place of those of the same runs; others stay. Says where and when each run was
     * made.
     */
    static void write(Path file, List<Figure> figures) throws IOException {
        List<String> made = figures.stream().map(Figure::run).distinct().toList();
        Map<String, String> machines = new LinkedHashMap<>();
        List<Figure> kept = new ArrayList<>();
        if (Files.exists(file)) {
            machines.putAll(machines(file));
            read(file).stream().filter(figure -> !made.contains(figure.run())).forEach(kept::add);
        }
        kept.addAll(figures);
        made.forEach(name -> machines.put(name, machine()));
        JsonArrayBuilder array = Json.createArrayBuilder();
        kept.forEach(figure -> array.add(figure.toJson()));
        JsonWriterFactory writers = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));
        try (Writer text = Files.newBufferedWriter(file)) {
            writers.createWriter(text)
                    .writeObject(Json.createObjectBuilder()
                            .add("runs", Json.createObjectBuilder(Map.copyOf(machines)))
                            .add("figures", array)
                            .build());
            text.write('\n');
        }
    }

    static List<Figure> read(Path file) throws IOException {
        return json(file).getJsonArray("figures").getValuesAs(JsonObject.class).stream()
                .map(Figure::of)
                .toList();
    }

    /** Where and when each run was made. */
    static Map<String, String> machines(Path file) throws IOException {
        JsonObject runs = json(file).getJsonObject("runs");
        Map<String, String> machines = new LinkedHashMap<>();
        runs.keySet().forEach(run -> machines.put(run, runs.getString(run)));
        return machines;
    }

    private static JsonObject json(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            return reader.readObject();
        }
    }

    private static String machine() {
        return "%s, %s %s, %d cores, %s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        System.getProperty("java.vm.vendor"),
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"));
    }
}
