package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.internal.EmbeddedServerProvider;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** The development server in this JVM, which is in a jar of its own. */
public final class EmbeddedServer {

    private final EmbeddedServerProvider.Server server;

    private EmbeddedServer(EmbeddedServerProvider.Server server) {
        this.server = server;
    }

    /** Whether there is one to start. */
    public static boolean isPresent() {
        return DevJar.embeddedServer() != null;
    }

    /**
     * Starts one.
     *
     * @throws JamsocketConfigurationException if there is none, or it cannot start what it is to run
     */
    static EmbeddedServer start(EmbeddedServerProvider.Options options) {
        Supplier<EmbeddedServerProvider> found = DevJar.embeddedServer();
        if (found == null) {
            throw new JamsocketConfigurationException(List.of("there is no embedded development server: add the"
                    + " dependency " + DevJar.DEPENDENCY
                    + ", of the same version, or do not ask for it (jamsocket.dev=embedded,"
                    + " JAMSOCKET_DEV=embedded, or embedded() on the builder)"));
        }
        try {
            return new EmbeddedServer(found.get().start(options));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new JamsocketConfigurationException(
                    List.of("the embedded development server cannot start: " + e.getMessage()));
        }
    }

    URI url() {
        return server.url();
    }

    void close() {
        server.close();
    }
}
