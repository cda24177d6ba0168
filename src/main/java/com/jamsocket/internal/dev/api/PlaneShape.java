package com.jamsocket.internal.dev.api;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Plane's words for JSON of a shape that it does not take; without the place in the text, which Plane adds. */
final class PlaneShape {

    private static final String PREFIX = "Failed to deserialize the JSON body into the target type: ";

    private PlaneShape() {}

    /**
     * The body as an object.
     *
     * @throws JamsocketProtocolException if it is no JSON
     * @throws IllegalArgumentException if it is JSON, but no object
     */
    static JsonObject body(byte[] body, String struct) {
        try {
            return Json.readObject(body);
        } catch (JamsocketProtocolException e) {
            JsonValue value = value(new String(body, StandardCharsets.UTF_8));
            if (value != null) {
                throw wrong("", value, "struct " + struct);
            }
            throw e;
        }
    }

    private static @Nullable JsonValue value(String json) {
        try {
            JsonObject object = Json.readObject("{\"value\":" + json + "}");
            return object.size() == 1 ? object.get("value") : null;
        } catch (JamsocketProtocolException e) {
            return null;
        }
    }

    /** For a value of the wrong type. */
    static IllegalArgumentException wrong(String path, @Nullable JsonValue value, String expected) {
        String wrong = value instanceof JsonNumber number && number.isIntegral() && expected.equals("i32")
                ? "invalid value: "
                : "invalid type: ";
        return refusal(path, wrong + type(value) + ", expected " + expected);
    }

    /** For a field that must be there. */
    static IllegalArgumentException missing(String path, String field) {
        return refusal(path, "missing field `" + field + "`");
    }

    private static IllegalArgumentException refusal(String path, String problem) {
        return new IllegalArgumentException(PREFIX + (path.isEmpty() ? "" : path + ": ") + problem);
    }

    private static String type(@Nullable JsonValue value) {
        if (value == null) {
            return "null";
        }
        return switch (value.getValueType()) {
            case STRING -> "string " + value;
            case NUMBER -> (((JsonNumber) value).isIntegral() ? "integer `" : "floating point `") + value + "`";
            case TRUE, FALSE -> "boolean `" + value + "`";
            case ARRAY -> "sequence";
            case OBJECT -> "map";
            case NULL -> "null";
        };
    }
}
