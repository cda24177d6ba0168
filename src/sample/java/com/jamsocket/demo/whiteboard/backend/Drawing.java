package com.jamsocket.demo.whiteboard.backend;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is on the board: strokes in the order in which they were begun. Guarded by whoever has it. */
final class Drawing {

    private static final int MOST_STROKES = 5_000;
    private static final double MARGIN = 40;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");

    private final Map<String, JsonObject> strokes = new LinkedHashMap<>();

    Collection<JsonObject> strokes() {
        return strokes.values();
    }

    /** A stroke, or more of one. Says no to what is none: others would get it as it is. */
    boolean keep(JsonObject stroke) {
        if (!isStroke(stroke)) {
            return false;
        }
        strokes.put(stroke.getString("id"), stroke);
        if (strokes.size() > MOST_STROKES) {
            strokes.remove(strokes.keySet().iterator().next());
        }
        return true;
    }

    private static boolean isStroke(JsonObject message) {
        return !message.getString("id", "").isEmpty()
                && COLOUR.matcher(message.getString("colour", "")).matches()
                && message.get("width") instanceof JsonNumber
                && message.get("points") instanceof JsonArray points
                && !points.isEmpty()
                && points.stream().allMatch(Drawing::isPoint);
    }

    private static boolean isPoint(JsonValue value) {
        return value instanceof JsonArray point
                && point.size() == 2
                && point.stream().allMatch(JsonNumber.class::isInstance);
    }

    boolean erase(String id) {
        return strokes.remove(id) != null;
    }

    boolean clear() {
        strokes.clear();
        return true;
    }

    /** As a picture: on white paper, with a margin. */
    String svg() {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        StringBuilder lines = new StringBuilder();
        for (JsonObject stroke : strokes.values()) {
            List<double[]> points = stroke.getJsonArray("points").getValuesAs(Drawing::point);
            for (double[] point : points) {
                left = Math.min(left, point[0]);
                top = Math.min(top, point[1]);
                right = Math.max(right, point[0]);
                bottom = Math.max(bottom, point[1]);
            }
            lines.append("<path stroke=\"%s\" stroke-width=\"%s\" d=\"%s\"/>%n"
                    .formatted(stroke.getString("colour"), stroke.getJsonNumber("width"), path(points)));
        }
        String box = strokes.isEmpty()
                ? "0 0 1600 1000"
                : "%s %s %s %s"
                        .formatted(left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="%s" style="background:#fff">
                <g fill="none" stroke-linecap="round" stroke-linejoin="round">
                %s</g>
                </svg>
                """
                .formatted(box, lines);
    }

    private static double[] point(JsonArray point) {
        return new double[] {
            point.getJsonNumber(0).doubleValue(), point.getJsonNumber(1).doubleValue()
        };
    }

    /** Through the middles between points, as the page draws it. */
    private static String path(List<double[]> points) {
        double[] first = points.get(0);
        double[] last = points.get(points.size() - 1);
        StringBuilder path = new StringBuilder("M" + first[0] + " " + first[1]);
        for (int i = 1; i < points.size() - 1; i++) {
            double[] here = points.get(i);
            double[] next = points.get(i + 1);
            path.append("Q%s %s %s %s".formatted(here[0], here[1], (here[0] + next[0]) / 2, (here[1] + next[1]) / 2));
        }
        return path.append("L" + last[0] + " " + last[1]).toString();
    }
}
