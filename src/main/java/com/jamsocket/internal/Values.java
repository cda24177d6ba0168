package com.jamsocket.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the vocabulary demands of the values it is made from. */
public final class Values {

    private static final char DELETE = 0x7f;

    private Values() {}

    /** The text, unless it is blank or no Unicode text. */
    public static String requireText(String text, String name) {
        if (Objects.requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        // Written in UTF-8 it would become "?", and two different keys the same.
        return requireUnicode(text, name);
    }

    /**
     * The text, unless it arrives as another one in a header, or not at all: with control characters, or a blank at an
     * end, which HTTP takes away.
     */
    public static String requireHeaderText(String text, String name) {
        requireUnicode(Objects.requireNonNull(text, name), name);
        if (!isHeaderText(text)) {
            throw new IllegalArgumentException(
                    name + " must have no control characters, and no blank at an end, for it is sent as a header");
        }
        return text;
    }

    /** Whether a header can have this text, as it is. */
    public static boolean isHeaderText(String text) {
        return text.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == DELETE)
                && (text.isEmpty() || !(isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1))));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The id of a backend, unless it is blank, or would lead to another place in the path of a request. */
    public static String requireBackendId(String backendId) {
        requireText(backendId, "backendId");
        if (backendId.equals(".") || backendId.equals("..") || backendId.indexOf('/') >= 0) {
            throw new IllegalArgumentException("backendId must be the id of a backend, not \"" + backendId + "\"");
        }
        return backendId;
    }

    /** The duration, unless it is zero or negative. */
    public static Duration requirePositive(Duration duration, String name) {
        if (Objects.requireNonNull(duration, name).isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
        return duration;
    }

    /** The duration, unless it is negative. */
    public static Duration requireNotNegative(Duration duration, String name) {
        if (Objects.requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + duration);
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
    public static <V> Map<String, V> copy(Map<String, ? extends V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The text, unless it has half a surrogate pair. */
    static String requireUnicode(String text, String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(name + " is no Unicode text: it has an unpaired surrogate");
        }
        return text;
    }
}
