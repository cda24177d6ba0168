package com.jamsocket.json;

import com.jamsocket.BackendState;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@link BackendState} in the shape of the JavaScript types, as {@link BackendStateAdapter} does. */
public final class BackendStateSerializer implements JsonbSerializer<BackendState> {

    /** A serializer; it has no state. */
    public BackendStateSerializer() {}

    @Override
    public void serialize(BackendState state, JsonGenerator generator, SerializationContext context) {
        Binding.write(state, StateMapping::write, generator);
    }
}
