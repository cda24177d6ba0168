package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import java.util.Map;

/** Makes clients. */
public abstract class ClientBuilder implements Jamsocket.Builder {
    /** A builder set up by environment variables. */
    public static Jamsocket.Builder fromEnv(Map<String, String> env) {
        if (env.isEmpty()) {
            return Jamsocket.builder();
        }
        throw new UnsupportedOperationException();
    }
}
