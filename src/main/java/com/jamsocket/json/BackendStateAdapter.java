package com.jamsocket.json;

import com.jamsocket.BackendState;
import com.jamsocket.internal.json.BackendStateBinding;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link BackendState} as a JSON object in the shape of the JavaScript types: {@code status}, {@code time} in ISO 8601,
 * and the details of an end where there are any. Received words are written as they were received, an unknown state as
 * a whole; null is never written. Reading takes every form that servers use: time in ISO 8601 or milliseconds, details
 * absent or null, {@code exit_code} for {@code exit_error}.
 *
 * <p>For {@code JsonbConfig.withAdapters} where {@link BackendState} is the declared type. It is not needed where the
 * annotations of {@link BackendState} are heeded, and they are what Johnzon goes by: it does not apply adapters to
 * sealed types. {@link JamsocketJsonb#config()} works for both.
 */
public final class BackendStateAdapter implements JsonbAdapter<BackendState, JsonObject> {

    private static final BackendStateBinding BINDING = new BackendStateBinding();

    /** An adapter; it has no state. */
    public BackendStateAdapter() {}

    /**
     * Writes a state.
     *
     * @throws JsonbException if it is an unknown state that was not made of a JSON object
     */
    @Override
    public JsonObject adaptToJson(BackendState state) {
        return BINDING.toJson(state);
    }

    /**
     * Reads a state.
     *
     * @throws JsonbException if the JSON has another shape
     */
    @Override
    public BackendState adaptFromJson(JsonObject json) {
        return BINDING.fromJson(json);
    }
}
