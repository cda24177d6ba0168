package com.jamsocket.internal.wire;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Plane cannot hold. It does not check by itself but fails later and says little: with an internal error of its
 * database, or with a backend that never starts.
 */
final class PlaneLimits {

    private static final int NAME = 255;
    private static final int BODY = 2 * 1024 * 1024;

    /** The spawn action travels by a database notification of less than 8000 bytes, in which it is not alone. */
    private static final int SPAWN = 7500;

    /** Of one {@code char} in UTF-8. */
    private static final int MOST_BYTES = 3;

    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9._-]+(?::[0-9]{1,5})?");

    private PlaneLimits() {}

    /** A name, if it fits its column. */
    static String name(String text, String what) {
        int length = text.codePointCount(0, text.length());
        if (length > NAME) {
            throw new IllegalArgumentException(
                    "Plane holds at most " + NAME + " characters of " + what + ", not " + length);
        }
        return text;
    }

    /** A cluster, if it is one. */
    static String cluster(String text) {
        if (!CLUSTER.matcher(text).matches()) {
            throw new IllegalArgumentException("a cluster is a host or host:port on Plane, not \"" + text + "\"");
        }
        return name(text, "the cluster");
    }

    /**
     * The text of the body of a connect, if Plane can hold all of it.
     *
     * @param body the body
     * @return the text of it, which is dear to make
     */
    static String text(JsonObject body) {
        requireStorable(body, "");
        String text = body.toString();
        if (text.length() * MOST_BYTES <= SPAWN) {
            return text;
        }
        int whole = text.getBytes(StandardCharsets.UTF_8).length;
        if (whole > BODY) {
            throw new IllegalArgumentException("Plane takes at most " + BODY + " bytes of the request, not " + whole);
        }
        int spawn = size(body.getOrDefault("spawn_config", JsonValue.EMPTY_JSON_OBJECT))
                + size(body.getOrDefault("key", JsonValue.EMPTY_JSON_OBJECT));
        if (spawn > SPAWN) {
            throw new IllegalArgumentException("Plane passes on at most " + SPAWN
                    + " bytes of key, environment and other spawn options together, not " + spawn
                    + "; hand large data to the backend in another way");
        }
        return text;
    }

    private static int size(JsonValue value) {
        return value.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Names what cannot be stored; where nothing is wrong no names are made. */
    private static void requireStorable(JsonValue value, String name) {
        if (isStorable(value)) {
            return;
        }
        if (value instanceof JsonObject object) {
            object.forEach((key, member) -> {
                requireNoNul(key, "a name in " + (name.isEmpty() ? "the request" : name));
                requireStorable(member, name.isEmpty() ? key : name + "." + key);
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> requireStorable(element, name));
        } else if (value instanceof JsonString text) {
            requireNoNul(text.getString(), name);
        } else {
            throw new IllegalArgumentException(name + " is a number beyond what Plane reads");
        }
    }

    private static boolean isStorable(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonValue> member : object.entrySet()) {
                if (hasNul(member.getKey()) || !isStorable(member.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (value instanceof JsonArray array) {
            return array.stream().allMatch(PlaneLimits::isStorable);
        }
        if (value instanceof JsonString text) {
            return !hasNul(text.getString());
        }
        return !(value instanceof JsonNumber number && Double.isInfinite(number.doubleValue()));
    }

    private static void requireNoNul(String text, String name) {
        if (hasNul(text)) {
            throw new IllegalArgumentException(name + " has the character U+0000, which Plane's database cannot hold");
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }
}
