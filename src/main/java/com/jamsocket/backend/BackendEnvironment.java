package com.jamsocket.backend;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the platform tells a backend about itself, in environment variables. Outside of a platform all but the port are
 * null, so that a backend can be tried by hand.
 *
 * @param port where to listen, on all interfaces ({@code PORT}; 8080 if it is not set)
 * @param backendId the backend's id ({@code SESSION_BACKEND_ID})
 * @param key the key it holds; made up by the platform if none was asked for ({@code SESSION_BACKEND_KEY})
 * @param fencingToken proof of holding the key, for stores that check it
 *     ({@code SESSION_BACKEND_FENCING_TOKEN})
 * @param staticToken the connection token that everybody shares; a credential, null unless the backend was started with
 *     one ({@code SESSION_BACKEND_STATIC_TOKEN})
 * @param service the service, where the platform has services ({@code JAMSOCKET_SERVICE})
 */
public record BackendEnvironment(
        int port,
        @Nullable String backendId,
        @Nullable String key,
        @Nullable String fencingToken,
        @Nullable String staticToken,
        @Nullable String service) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    /** Validates the port. */
    public BackendEnvironment {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("PORT must be from 1 to 65535, not " + port);
        }
    }

    /**
     * The environment of this process.
     *
     * @throws IllegalArgumentException if {@code PORT} is no port
     */
    public static BackendEnvironment current() {
        return of(System.getenv());
    }

    /**
     * The environment that these variables make.
     *
     * @throws IllegalArgumentException if {@code PORT} is no port
     */
    public static BackendEnvironment of(Map<String, String> env) {
        return new BackendEnvironment(
                port(env.get("PORT")),
                env.get("SESSION_BACKEND_ID"),
                env.get("SESSION_BACKEND_KEY"),
                env.get("SESSION_BACKEND_FENCING_TOKEN"),
                env.get("SESSION_BACKEND_STATIC_TOKEN"),
                env.get("JAMSOCKET_SERVICE"));
    }

    private static int port(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PORT;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("PORT must be a number, not \"" + text + "\"", e);
        }
    }

    /** Names the backend without its tokens. */
    @Override
    public String toString() {
        return "BackendEnvironment[port=" + port + ", backendId=" + backendId + ", key=" + key + ", service=" + service
                + "]";
    }
}
