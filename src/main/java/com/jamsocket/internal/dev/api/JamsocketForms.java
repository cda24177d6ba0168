package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.JsonObjectBuilder;

/** What the Jamsocket API writes, as JSON text, and the little it reads but {@link JamsocketRequests}. */
final class JamsocketForms {

    private JamsocketForms() {}

    /** Whether a request to terminate says {@code "hard": true}; without a body it does not. */
    static boolean isHard(byte[] body) {
        return body.length > 0 && Boolean.TRUE.equals(Json.bool(Json.readObject(body), "hard"));
    }

    static String state(BackendState state) {
        return StateMapping.write(state).toString();
    }

    static String connectResponse(ConnectResponse response) {
        return ConnectResponseMapping.write(response).toString();
    }

    static String error(int status, String code, String message, String id) {
        JsonObjectBuilder error = Json.object()
                .add("message", message)
                .add("status", status)
                .add("code", code)
                .add("id", id);
        return Json.object().add("error", error).build().toString();
    }
}
