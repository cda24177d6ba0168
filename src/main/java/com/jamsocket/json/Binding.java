package com.jamsocket.json;

import com.jamsocket.JamsocketProtocolException;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.Type;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all bindings share: how JSON is taken from a JSON-B implementation, and how its faults are told. */
final class Binding {

    private Binding() {}

    /** Writes a value. */
    static <T> void write(T value, Function<T, JsonObject> mapping, JsonGenerator generator) {
        JsonObject json = write(value, mapping);
        // Member by member: Johnzon has opened an outermost object already, and passes over only this call to open it.
        generator.writeStartObject();
        json.forEach(generator::write);
        generator.writeEnd();
    }

    /** The object of a value. */
    static <T> JsonObject write(T value, Function<T, JsonObject> mapping) {
        try {
            return mapping.apply(value);
        } catch (JamsocketProtocolException e) {
            throw new JsonbException("An unknown state has no JSON object: " + e.getMessage(), e);
        }
    }

    /** The value of an object, if it is of the type that was asked for; null for null, which Yasson hands over too. */
    static <T> @Nullable T read(@Nullable JsonObject json, Type asked, Class<T> type, Function<JsonObject, T> mapping) {
        if (json == null) {
            return null;
        }
        T value = read(json, type, mapping);
        if (asked instanceof Class<?> variant && !variant.isInstance(value)) {
            throw new JsonbException("This JSON is no " + variant.getSimpleName() + " but a "
                    + value.getClass().getSimpleName());
        }
        return value;
    }

    /** The value of an object. */
    static <T> T read(JsonObject json, Class<T> type, Function<JsonObject, T> mapping) {
        try {
            return mapping.apply(json);
        } catch (JamsocketProtocolException | IllegalArgumentException e) {
            throw new JsonbException("This JSON is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
