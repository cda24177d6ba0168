package com.jamsocket.internal.wire;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.ConnectRequest;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The Jamsocket API, version 2, as the hosted service and the development servers speak it.
 *
 * @param account the account that owns the service
 * @param service the service whose backends are meant
 * @param server {@link ServerKind#API} or {@link ServerKind#DEV_SERVER}
 */
public record JamsocketDialect(String account, String service, ServerKind server) implements Dialect {

    private static final int MAX_KEY = 128;

    /** Refuses blank names. */
    public JamsocketDialect {
        Values.requireText(account, "account");
        Values.requireText(service, "service");
    }

    @Override
    public Call connect(ConnectRequest request) {
        String key = request.key();
        if (key != null && key.codePointCount(0, key.length()) > MAX_KEY) {
            throw new IllegalArgumentException(
                    "a key has at most " + MAX_KEY + " characters, not " + key.codePointCount(0, key.length()));
        }
        if (request.plane() != null) {
            throw new IllegalArgumentException(
                    "PlaneOptions are for a Plane cluster; this client uses a Jamsocket API");
        }
        return post(
                "v2/service/" + Call.segment(account) + "/" + Call.segment(service) + "/connect",
                ConnectRequestMapping.write(request).toString(),
                null,
                // With a key, the second of two equal requests finds the backend of the first.
                key != null);
    }

    @Override
    public Call status(String backendId) {
        return Call.get(backend(backendId) + "/status", backendId);
    }

    @Override
    public Call statusStream(String backendId) {
        return Call.get(backend(backendId) + "/status/stream", backendId);
    }

    @Override
    public Call terminate(String backendId, TerminationKind kind) {
        boolean hard =
                switch (kind) {
                    case SOFT -> false;
                    case HARD -> true;
                    case UNKNOWN -> throw new IllegalArgumentException("a backend is terminated SOFT or HARD");
                };
        String body = Json.object().add("hard", hard).build().toString();
        return post(backend(backendId) + "/terminate", body, backendId, true);
    }

    /** There is no route for health, but none is more public and cheaper than that of a status. */
    @Override
    public Call ping() {
        return Call.get("v2/backend/-/status", "-");
    }

    @Override
    public void requirePong(Call ping, Reply reply, Instant now) {
        try {
            server.body(ping, reply, now);
        } catch (BackendNotFoundException expected) {
            // The server itself has said so: it lives.
        }
    }

    /** Development servers do; of the API it is not known. */
    @Override
    public boolean replaysHistory() {
        return server == ServerKind.DEV_SERVER;
    }

    @Override
    public boolean learnsOfBackendsLate() {
        return true;
    }

    private static Call post(String path, String body, @Nullable String backendId, boolean repeatable) {
        return new Call("POST", path, body, true, backendId, repeatable);
    }

    private static String backend(String backendId) {
        return "v2/backend/" + Call.segment(Values.requireText(backendId, "backendId"));
    }
}
