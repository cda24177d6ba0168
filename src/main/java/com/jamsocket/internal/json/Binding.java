package com.jamsocket.internal.json;

import com.jamsocket.JamsocketProtocolException;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one type as a JSON object.
 *
 * <p>Subclasses name the interfaces of JSON-B once more: implementations look for the type argument there.
 */
public abstract class Binding<T> implements JsonbSerializer<T>, JsonbDeserializer<T> {

    private final Class<T> type;
    private final Function<JsonObject, T> reader;
    private final Function<T, JsonObject> writer;

    Binding(Class<T> type, Function<JsonObject, T> reader, Function<T, JsonObject> writer) {
        this.type = type;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * Writes a value.
     *
     * @throws JsonbException as {@link #toJson}
     */
    @Override
    public final void serialize(T value, JsonGenerator generator, SerializationContext context) {
        JsonObject json = toJson(value);
        // Member by member: Johnzon has opened an outermost object already, and passes over only this call to open it.
        generator.writeStartObject();
        json.forEach(generator::write);
        generator.writeEnd();
    }

    /**
     * Reads a value; null for JSON null, which Yasson hands over too.
     *
     * @throws JsonbException if the JSON has another shape, or is of another variant than was asked for
     */
    @Override
    public final @Nullable T deserialize(JsonParser parser, DeserializationContext context, Type asked) {
        JsonObject json = context.deserialize(JsonObject.class, parser);
        if (json == null) {
            return null;
        }
        T value = fromJson(json);
        // An implementation may hand over a type that is no class.
        if (asked instanceof Class<?> variant && !variant.isInstance(value)) {
            throw new JsonbException("This JSON is no " + variant.getSimpleName() + " but a "
                    + value.getClass().getSimpleName());
        }
        return value;
    }

    /**
     * The object of a value.
     *
     * @throws JsonbException if it is an unknown state that was not made of a JSON object
     */
    public final JsonObject toJson(T value) {
        try {
            return writer.apply(value);
        } catch (JamsocketProtocolException e) {
            throw new JsonbException("An unknown state has no JSON object: " + e.getMessage(), e);
        }
    }

    /**
     * The value of an object.
     *
     * @throws JsonbException if the JSON has another shape
     */
    public final T fromJson(JsonObject json) {
        try {
            return reader.apply(json);
        } catch (JamsocketProtocolException | IllegalArgumentException e) {
            throw new JsonbException("This JSON is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
