package com.jamsocket.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * One measure of one candidate, as often as it was taken in one run.
 *
 * @param run the JDK and what was run, such as {@code "17 calls"}
 * @param measure what was measured
 * @param unit its unit; {@code "1/s"} is the one of which more is better
 * @param candidate who was measured
 * @param against the candidate of the same run that it is compared with; itself, if it is the reference
 * @param values the samples, in the order in which they were taken
 */
record Figure(String run, String measure, String unit, String candidate, String against, List<Double> values) {

    static final String PER_SECOND = "1/s";

    Figure {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no sample of " + measure + " of " + candidate);
        }
        values = List.copyOf(values);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    boolean moreIsBetter() {
        return unit.equals(PER_SECOND);
    }

    boolean isReference() {
        return candidate.equals(against);
    }

    JsonObject toJson() {
        JsonArrayBuilder samples = Json.createArrayBuilder();
        values.forEach(samples::add);
        return Json.createObjectBuilder()
                .add("run", run)
                .add("measure", measure)
                .add("unit", unit)
                .add("candidate", candidate)
                .add("against", against)
                .add("values", samples)
                .build();
    }

    static Figure of(JsonObject json) {
        return new Figure(
                json.getString("run"),
                json.getString("measure"),
                json.getString("unit"),
                json.getString("candidate"),
                json.getString("against"),
                json.getJsonArray("values").getValuesAs(JsonNumber::doubleValue));
    }
}
