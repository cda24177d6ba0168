package com.jamsocket.json;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads {@link ConnectResponse} as {@link ConnectResponseAdapter} does. */
public final class ConnectResponseDeserializer implements JsonbDeserializer<ConnectResponse> {

    /** A deserializer; it has no state. */
    public ConnectResponseDeserializer() {}

    /**
     * Reads a response; null for JSON null.
     *
     * @throws JsonbException if the JSON has another shape
     */
    @Override
    public @Nullable ConnectResponse deserialize(JsonParser parser, DeserializationContext context, Type type) {
        return Binding.read(
                context.deserialize(JsonObject.class, parser),
                type,
                ConnectResponse.class,
                ConnectResponseMapping::read);
    }
}
