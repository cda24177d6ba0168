package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.EmbeddedServerProvider;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How the client finds this server. */
public final class EmbeddedDevServer implements EmbeddedServerProvider {

    @Override
    public Server start() {
        try {
            return new DevServer(new DevServerSettings());
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded development server found no free port", e);
        }
    }
}
