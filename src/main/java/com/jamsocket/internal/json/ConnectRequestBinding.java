package com.jamsocket.internal.json;

import com.jamsocket.ConnectRequest;
import com.jamsocket.internal.wire.ConnectRequestMapping;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;

/** {@link ConnectRequest} in the shape of the JavaScript types. */
public final class ConnectRequestBinding extends Binding<ConnectRequest>
        implements JsonbSerializer<ConnectRequest>, JsonbDeserializer<ConnectRequest> {

    /** A binding; it has no state. */
    public ConnectRequestBinding() {
        super(ConnectRequest.class, ConnectRequestMapping::read, ConnectRequestMapping::write);
    }
}
