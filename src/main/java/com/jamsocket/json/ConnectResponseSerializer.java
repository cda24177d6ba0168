package com.jamsocket.json;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@link ConnectResponse} in the shape of the JavaScript types, as {@link ConnectResponseAdapter} does. */
public final class ConnectResponseSerializer implements JsonbSerializer<ConnectResponse> {

    /** A serializer; it has no state. */
    public ConnectResponseSerializer() {}

    @Override
    public void serialize(ConnectResponse response, JsonGenerator generator, SerializationContext context) {
        Binding.write(response, ConnectResponseMapping::write, generator);
    }
}
