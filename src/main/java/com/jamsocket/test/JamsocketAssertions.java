package com.jamsocket.test;

import com.jamsocket.dev.DevBackend;
import com.jamsocket.dev.JamsocketDevServer;

/**
 * Assertions in the manner of AssertJ, without it. Each returns itself for the next one, and throws an {@link
 * AssertionError} with what was there.
 */
public final class JamsocketAssertions {

    private JamsocketAssertions() {}

    /** Assertions about a server. */
    public static ServerAssert assertThat(JamsocketDevServer server) {
        return new ServerAssert(server);
    }

    /** Assertions about a backend. */
    public static BackendAssert assertThat(DevBackend backend) {
        return new BackendAssert(backend);
    }
}
