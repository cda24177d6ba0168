package com.jamsocket.internal.dev.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a request, or an array in its place. What is not of its type is refused with Plane's words, which say
 * where it is: fields of an object by name, those of an array by number.
 *
 * @param struct its fields
 * @param path where it is; empty for the whole
 * @param array whether it came as an array
 * @param json what came
 * @param members the fields of it that are such objects themselves
 */
record PlaneObject(
        PlaneBody.Struct struct, String path, boolean array, JsonObject json, Map<String, PlaneObject> members) {

    private static final int MAX_NAME = 255;

    /** Where a field of an object is. */
    static String place(PlaneBody.Struct struct, String path, boolean array, String field) {
        return array ? path + "[" + struct.fields().indexOf(field) + "]" : PlaneShape.path(path, field);
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return PlaneShape.wrong(place(struct, path, array, name), json.get(name), expected);
    }

    private boolean isNull(String name) {
        return json.getOrDefault(name, JsonValue.NULL).getValueType() == ValueType.NULL;
    }

    /** Refuses it if the field is not there. */
    void require(String name) {
        if (!json.containsKey(name)) {
            throw PlaneShape.missing(path, name);
        }
    }

    /** A member; null if it is absent or null. */
    @Nullable
    PlaneObject member(String name) {
        PlaneObject member = members.get(name);
        if (member == null && !isNull(name)) {
            throw wrong(name, "struct " + struct.member(name).name());
        }
        return member;
    }

    /** A text; empty if it is absent. */
    String strictText(String name) {
        if (!json.containsKey(name)) {
            return "";
        }
        if (json.get(name) instanceof JsonString text) {
            return shortText(text.getString());
        }
        throw wrong(name, "a string");
    }

    /** A text; null if it is absent or null. */
    @Nullable
    String looseText(String name) {
        return isNull(name) ? null : strictText(name);
    }

    private static String shortText(String text) {
        if (text.length() > MAX_NAME || text.indexOf('\0') >= 0) {
            throw new IllegalStateException("Internal error.");
        }
        return text;
    }

    /** Whether it is so; false if it is absent. */
    boolean strictFlag(String name) {
        ValueType type = json.getOrDefault(name, JsonValue.FALSE).getValueType();
        if (type == ValueType.TRUE || type == ValueType.FALSE) {
            return type == ValueType.TRUE;
        }
        throw wrong(name, "a boolean");
    }

    /** A time; null if it is absent or null. */
    @Nullable
    Duration seconds(String name) {
        if (isNull(name)) {
            return null;
        }
        if (json.get(name) instanceof JsonNumber number && number.toString().matches("-?[0-9]{1,10}")) {
            long seconds = number.longValue();
            if (seconds == (int) seconds) {
                return Duration.ofSeconds(seconds);
            }
        }
        throw wrong(name, "i32");
    }

    /** Any object as it is; an empty one if it is absent. */
    JsonObject map(String name) {
        if (!json.containsKey(name)) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        if (json.get(name) instanceof JsonObject map) {
            return map;
        }
        throw wrong(name, "a map");
    }
}
