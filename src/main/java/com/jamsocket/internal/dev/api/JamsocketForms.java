package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.wire.ConnectRequestMapping;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;

/** What the Jamsocket API reads and writes, as JSON text. */
final class JamsocketForms {

    private static final Duration DEFAULT_MAX_IDLE = Duration.ofMinutes(5);
    private static final int MAX_KEY = 128;

    private JamsocketForms() {}

    /**
     * A request to connect.
     *
     * @throws JamsocketProtocolException if it is no JSON object, or has a field of the wrong type
     * @throws IllegalArgumentException if a value is refused
     */
    static ConnectSpec connectRequest(byte[] body, String account, String service, SpawnDefaults defaults) {
        ConnectRequest request =
                ConnectRequestMapping.read(body.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : Json.readObject(body));
        String key = request.key();
        if (key != null && key.codePointCount(0, key.length()) > MAX_KEY) {
            throw new IllegalArgumentException("A key has at most " + MAX_KEY + " characters.");
        }
        SpawnOptions options = request.spawnOptions();
        Map<String, Object> auth = request.auth();
        return new ConnectSpec(
                account + "/" + service,
                key,
                "",
                request.spawn(),
                true,
                null,
                options == null ? null : options.lifetimeLimit(),
                defaults.maxIdle(options == null ? DEFAULT_MAX_IDLE : null, options == null ? null : options.maxIdle()),
                request.user(),
                auth == null ? "{}" : Json.fromMap(auth).toString(),
                defaults.staticToken(),
                null,
                service,
                options == null ? SpawnOptions.builder().build() : options);
    }

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
