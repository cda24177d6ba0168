package com.jamsocket.internal.json;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;

/** {@link ConnectResponse} in the shape of the JavaScript types. */
public final class ConnectResponseBinding extends Binding<ConnectResponse>
        implements JsonbSerializer<ConnectResponse>, JsonbDeserializer<ConnectResponse> {

    /** A binding; it has no state. */
    public ConnectResponseBinding() {
        super(ConnectResponse.class, ConnectResponseMapping::read, ConnectResponseMapping::write);
    }
}
