package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.internal.EmbeddedServerProvider;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The development server in this JVM, which is in a jar of its own. The only class of the client that looks for it. */
public final class EmbeddedServer {

    private static final String DEPENDENCY = "com.jamsocket:jamsocket-jakarta with the classifier \"dev\"";

    private final EmbeddedServerProvider.Server server;

    private EmbeddedServer(EmbeddedServerProvider.Server server) {
        this.server = server;
    }

    /** Whether there is one to start. */
    public static boolean isPresent() {
        return find() != null;
    }

    /**
     * Starts one.
     *
     * @throws JamsocketConfigurationException if there is none, or it cannot start what it is to run
     */
    static EmbeddedServer start(EmbeddedServerProvider.Options options) {
        Supplier<EmbeddedServerProvider> found = find();
        if (found == null) {
            throw new JamsocketConfigurationException(List.of("there is no embedded development server: add the"
                    + " dependency " + DEPENDENCY
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

    /**
     * The one beside this class comes first: the context class loader may be anybody's. The application's is asked too,
     * since the client may be shared by applications that have the server each; whoever makes a client for an
     * application sets it.
     */
    private static @Nullable Supplier<EmbeddedServerProvider> find() {
        Supplier<EmbeddedServerProvider> own = find(EmbeddedServerProvider.class.getClassLoader());
        return own != null ? own : find(Thread.currentThread().getContextClassLoader());
    }

    private static @Nullable Supplier<EmbeddedServerProvider> find(@Nullable ClassLoader loader) {
        try {
            return ServiceLoader.load(EmbeddedServerProvider.class, loader).stream()
                    .findFirst()
                    .orElse(null);
        } catch (ServiceConfigurationError e) {
            throw new JamsocketConfigurationException(List.of("the embedded development server does not fit the client:"
                    + " the dependency " + DEPENDENCY + " must be of the same version, in the same place ("
                    + e.getMessage() + ")"));
        }
    }

    URI url() {
        return server.url();
    }

    void close() {
        server.close();
    }
}
