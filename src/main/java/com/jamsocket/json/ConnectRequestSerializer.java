package com.jamsocket.json;

import com.jamsocket.ConnectRequest;
import com.jamsocket.internal.wire.ConnectRequestMapping;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@link ConnectRequest} in the shape of the JavaScript types, as {@link ConnectRequestAdapter} does. */
public final class ConnectRequestSerializer implements JsonbSerializer<ConnectRequest> {

    /** A serializer; it has no state. */
    public ConnectRequestSerializer() {}

    @Override
    public void serialize(ConnectRequest request, JsonGenerator generator, SerializationContext context) {
        Binding.write(request, ConnectRequestMapping::write, generator);
    }
}
