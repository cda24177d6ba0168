package com.jamsocket.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the vocabulary demands of the values it is made from. */
public final class Values {

    private Values() {}

    /** The text, unless it is blank. */
    public static String requireText(String text, String name) {
        if (Objects.requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }

    /** The duration, unless it is zero or negative. */
    public static Duration requirePositive(Duration duration, String name) {
        if (Objects.requireNonNull(duration, name).isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
        return duration;
    }

    /** The number, unless it is zero or negative. */
    public static long requirePositive(long number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + number);
        }
        return number;
    }

    /** The duration, if it is positive, of whole seconds, and fits the 32-bit number of the wire. */
    public static Duration requireSeconds(Duration duration, String name) {
        requirePositive(duration, name);
        if (duration.getNano() != 0 || duration.getSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + " must be of whole seconds, at most " + Integer.MAX_VALUE + ", not " + duration);
        }
        return duration;
    }

    /** An unmodifiable copy that keeps the order. */
    public static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** An unmodifiable copy, in depth, of what can be written as a JSON object. */
    public static Map<String, Object> jsonObject(Map<?, ?> map, String name) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw new IllegalArgumentException(name + " has a key that is no text: " + key);
            }
            copy.put(text, jsonValue(value, name + "." + text));
        });
        return Collections.unmodifiableMap(copy);
    }

    // A JSON null inside an object or array is a value like any other.
    @SuppressWarnings("NullAway")
    private static Object jsonValue(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return jsonObject(map, name);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(jsonValue(element, name + "[" + copy.size() + "]")));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new IllegalArgumentException(name + " has no form in JSON: " + value);
            }
            return value;
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new IllegalArgumentException(name + " is of a type that JSON has no form for: " + value.getClass());
    }
}
