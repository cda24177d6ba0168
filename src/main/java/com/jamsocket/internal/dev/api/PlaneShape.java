package com.jamsocket.internal.dev.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Plane's words for JSON of a shape that it does not take; without the place in the text, which Plane adds. */
final class PlaneShape {

    private static final String PREFIX = "Failed to deserialize the JSON body into the target type: ";

    private PlaneShape() {}

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

    /** For a field that is there twice. */
    static IllegalArgumentException duplicate(String path, String field) {
        return refusal(path, "duplicate field `" + field + "`");
    }

    /** For an array in the place of an object that has no value for the field with this number. */
    static IllegalArgumentException wrongLength(String path, int length, String struct, int fields) {
        return refusal(
                path, "invalid length " + length + ", expected struct " + struct + " with " + fields + " elements");
    }

    /** Where a field of an object is. */
    static String path(String object, String field) {
        return object.isEmpty() ? field : object + "." + field;
    }

    private static IllegalArgumentException refusal(String path, String problem) {
        return new IllegalArgumentException(PREFIX + (path.isEmpty() ? "" : path + ": ") + problem);
    }

    private static String number(JsonNumber value) {
        return value.isIntegral() ? "integer `" + value + "`" : "floating point `" + value.doubleValue() + "`";
    }

    private static String type(@Nullable JsonValue value) {
        if (value == null) {
            return "null";
        }
        return switch (value.getValueType()) {
            case STRING -> "string " + value;
            case NUMBER -> number((JsonNumber) value);
            case TRUE, FALSE -> "boolean `" + value + "`";
            case ARRAY -> "sequence";
            case OBJECT -> "map";
            case NULL -> "null";
        };
    }
}
