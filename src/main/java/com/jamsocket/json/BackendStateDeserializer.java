package com.jamsocket.json;

import com.jamsocket.BackendState;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads {@link BackendState} as {@link BackendStateAdapter} does. */
public final class BackendStateDeserializer implements JsonbDeserializer<BackendState> {

    /** A deserializer; it has no state. */
    public BackendStateDeserializer() {}

    /**
     * Reads a state; null for JSON null.
     *
     * @throws JsonbException if the JSON has another shape
     */
    @Override
    public @Nullable BackendState deserialize(JsonParser parser, DeserializationContext context, Type type) {
        return Binding.read(
                context.deserialize(JsonObject.class, parser), type, BackendState.class, StateMapping::read);
    }
}
