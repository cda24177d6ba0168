package com.jamsocket.internal.http;

import com.jamsocket.ConnectResponse;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The Jakarta REST client for requests to backends. It is another than that for the server: what an application put
 * into that one, credentials among it, is not for backends. Made when it is first needed.
 */
public final class BackendClient implements AutoCloseable {

    /** Stands for the connection URL, which nobody is to see. */
    private static final URI PLACEHOLDER = URI.create("http://backend.invalid/");

    private final HttpSettings settings;
    private @Nullable Client client;
    private boolean closed;

    /** Where requests go. */
    public interface Route {

        /** The present connection. May block. */
        ConnectResponse connection();

        /** Whether this answer means that the connection is over, and with it given up. May block. */
        boolean isOver(ConnectResponse connection, int status);
    }

    /** Not made yet. */
    public BackendClient(HttpSettings settings) {
        this.settings = settings;
    }

    /** Requests that go along this route. */
    public WebTarget target(Route route) {
        Client backends = client();
        return backends.target(PLACEHOLDER).register(new RoutedRequests(route, backends));
    }

    private synchronized Client client() {
        if (closed) {
            throw new IllegalStateException("the Jamsocket client is closed");
        }
        Client made = client == null ? HttpTransport.newClient(settings) : client;
        client = made;
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
