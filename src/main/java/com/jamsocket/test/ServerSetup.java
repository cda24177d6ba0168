package com.jamsocket.test;

import com.jamsocket.dev.JamsocketDevServer;

/** Sets up the server of a test: its lifecycle, what answers for its backends. */
@FunctionalInterface
public interface ServerSetup {

    /** Called for each test, before its server is started. */
    void setUp(JamsocketDevServer.Builder builder);

    /** Sets nothing. */
    final class Defaults implements ServerSetup {

        /** The defaults of the builder. */
        public Defaults() {}

        @Override
        public void setUp(JamsocketDevServer.Builder builder) {}
    }
}
