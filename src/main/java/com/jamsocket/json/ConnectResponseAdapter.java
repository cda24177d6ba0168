package com.jamsocket.json;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.json.ConnectResponseBinding;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link ConnectResponse} as a JSON object in the shape of the JavaScript types, secrets included: hand it only to the
 * user it was made for. A missing {@code ready_url} is written as empty text, a missing {@code secret_token} is left
 * out. Plane's {@code drone} and {@code subdomain}, which the JavaScript types do not have, are written where there are
 * any. Reading takes the answers of all servers; unknown fields are ignored.
 */
public final class ConnectResponseAdapter implements JsonbAdapter<ConnectResponse, JsonObject> {

    private static final ConnectResponseBinding BINDING = new ConnectResponseBinding();

    /** An adapter; it has no state. */
    public ConnectResponseAdapter() {}

    @Override
    public JsonObject adaptToJson(ConnectResponse response) {
        return BINDING.toJson(response);
    }

    /**
     * Reads a response.
     *
     * @throws JsonbException if the JSON has another shape
     */
    @Override
    public ConnectResponse adaptFromJson(JsonObject json) {
        return BINDING.fromJson(json);
    }
}
