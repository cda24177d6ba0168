package com.jamsocket.json;

import com.jamsocket.ConnectRequest;
import com.jamsocket.internal.wire.ConnectRequestMapping;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads {@link ConnectRequest} as {@link ConnectRequestAdapter} does. */
public final class ConnectRequestDeserializer implements JsonbDeserializer<ConnectRequest> {

    /** A deserializer; it has no state. */
    public ConnectRequestDeserializer() {}

    /**
     * Reads a request; null for JSON null.
     *
     * @throws JsonbException if the JSON has another shape
     */
    @Override
    public @Nullable ConnectRequest deserialize(JsonParser parser, DeserializationContext context, Type type) {
        return Binding.read(
                context.deserialize(JsonObject.class, parser), type, ConnectRequest.class, ConnectRequestMapping::read);
    }
}
