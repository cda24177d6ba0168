package com.jamsocket.internal.json;

import com.jamsocket.BackendState;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;

/** {@link BackendState} in the shape of the JavaScript types. */
public final class BackendStateBinding extends Binding<BackendState>
        implements JsonbSerializer<BackendState>, JsonbDeserializer<BackendState> {

    /** A binding; it has no state. */
    public BackendStateBinding() {
        super(BackendState.class, StateMapping::read, StateMapping::write);
    }
}
