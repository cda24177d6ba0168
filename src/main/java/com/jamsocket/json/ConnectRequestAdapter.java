package com.jamsocket.json;

import com.jamsocket.ConnectRequest;
import com.jamsocket.internal.json.ConnectRequestBinding;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link ConnectRequest} as a JSON object in the shape of the JavaScript types. Absent fields are left out, null is
 * never written. What the JavaScript types have no field for, {@link ConnectRequest#waitForEnding()} and
 * {@link ConnectRequest#plane()}, is not written. Reading ignores unknown fields.
 */
public final class ConnectRequestAdapter implements JsonbAdapter<ConnectRequest, JsonObject> {

    private static final ConnectRequestBinding BINDING = new ConnectRequestBinding();

    /** An adapter; it has no state. */
    public ConnectRequestAdapter() {}

    @Override
    public JsonObject adaptToJson(ConnectRequest request) {
        return BINDING.toJson(request);
    }

    /**
     * Reads a request.
     *
     * @throws JsonbException if the JSON has another shape
     */
    @Override
    public ConnectRequest adaptFromJson(JsonObject json) {
        return BINDING.fromJson(json);
    }
}
