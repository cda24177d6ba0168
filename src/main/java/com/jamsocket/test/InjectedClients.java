package com.jamsocket.test;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Objects;

/**
 * Has the injected clients of a CDI container be clients of a server, whatever its settings say: an extension of CDI
 * for {@code SeContainerInitializer.addExtensions}. It is of one container, so that tests may run at the same time. An
 * application that chooses a server in code, in an observer of {@link Jamsocket.Builder}, is refused as with two.
 */
public final class InjectedClients implements Extension {

    private final int port;

    private InjectedClients(int port) {
        this.port = port;
    }

    /** All clients of a container, those with a name included, are clients of this server. */
    public static InjectedClients of(JamsocketDevServer server) {
        return new InjectedClients(Objects.requireNonNull(server, "server").port());
    }

    /** Called by the container, with each client that is made. */
    void setUp(@Observes Jamsocket.Builder builder) {
        builder.dev(port);
    }
}
