package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.TestTimeProvider;
import java.net.URI;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is in the jar for development, if there is one. The only class of the client that looks into it. */
final class DevJar {

    static final String DEPENDENCY = "com.jamsocket:jamsocket-jakarta with the classifier \"dev\"";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private DevJar() {}

    static @Nullable Supplier<EmbeddedServerProvider> embeddedServer() {
        return find(EmbeddedServerProvider.class);
    }

    /** The time of a server, if a test moves it. Nothing is looked for where the server is on another machine. */
    static @Nullable TestTime testTime(URI server) {
        if (!THIS_MACHINE.contains(server.getHost())) {
            return null;
        }
        Supplier<TestTimeProvider> found = find(TestTimeProvider.class);
        return found == null ? null : found.get().of(server);
    }

    /**
     * The one beside this class comes first: the context class loader may be anybody's. The application's is asked too,
     * since the client may be shared by applications that have the server each; whoever makes a client for an
     * application sets it.
     */
    private static <S> @Nullable Supplier<S> find(Class<S> service) {
        Supplier<S> own = find(service, service.getClassLoader());
        return own != null ? own : find(service, Thread.currentThread().getContextClassLoader());
    }

    private static <S> @Nullable Supplier<S> find(Class<S> service, @Nullable ClassLoader loader) {
        try {
            return ServiceLoader.load(service, loader).stream().findFirst().orElse(null);
        } catch (ServiceConfigurationError e) {
            throw new JamsocketConfigurationException(List.of("the embedded development server does not fit the client:"
                    + " the dependency " + DEPENDENCY + " must be of the same version, in the same place ("
                    + e.getMessage() + ")"));
        }
    }
}
