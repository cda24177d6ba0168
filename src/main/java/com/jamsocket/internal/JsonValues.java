package com.jamsocket.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Java values that have a form in JSON. */
public final class JsonValues {

    /** Types of whole and decimal numbers that cannot change. */
    private static final Set<Class<?>> EXACT_NUMBERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class, BigDecimal.class);

    /** Below what JSON libraries put up with; also ends an object that contains itself. */
    private static final int MAX_DEPTH = 100;

    private static final int LONG_DIGITS = 19;

    private JsonValues() {}

    /**
     * An unmodifiable copy, in depth, of what can be written as a JSON object. Numbers become {@link Integer},
     * {@link Long} or {@link BigDecimal}, as when they are read from JSON.
     */
    public static Map<String, Object> object(Map<?, ?> map, String name) {
        return object(map, name, 1);
    }

    private static Map<String, Object> object(Map<?, ?> map, String name, int depth) {
        requireShallow(name, depth);
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw new IllegalArgumentException(name + " has a key that is no text: " + key);
            }
            copy.put(Values.requireUnicode(text, "a key of " + name), value(value, name + "." + text, depth));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static List<Object> array(List<?> list, String name, int depth) {
        requireShallow(name, depth);
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(value(element, name + "[" + copy.size() + "]", depth)));
        return Collections.unmodifiableList(copy);
    }

    // A JSON null inside an object or array is a value like any other.
    @SuppressWarnings("NullAway")
    private static Object value(@Nullable Object value, String name, int depth) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof String text) {
            return Values.requireUnicode(text, name);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, name, depth + 1);
        }
        if (value instanceof List<?> list) {
            return array(list, name, depth + 1);
        }
        if (value instanceof Number number && hasForm(number)) {
            return number(new BigDecimal(number.toString()));
        }
        throw new IllegalArgumentException(name + " has no form in JSON: it is of " + value.getClass()
                + (value instanceof Number ? ", " + value : ""));
    }

    private static boolean hasForm(Number number) {
        return (number instanceof Double || number instanceof Float)
                ? Double.isFinite(number.doubleValue())
                : EXACT_NUMBERS.contains(number.getClass());
    }

    /** A number of JSON in the narrowest of {@link Integer}, {@link Long} and {@link BigDecimal}. */
    public static Number number(BigDecimal number) {
        if (number.scale() != 0 || number.precision() > LONG_DIGITS) {
            return number;
        }
        BigInteger whole = number.unscaledValue();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        if (whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        return number;
    }

    private static void requireShallow(String name, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " deep, which servers do not read: "
                    + name.substring(0, 40) + "…");
        }
    }
}
