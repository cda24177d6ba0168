package com.jamsocket.internal.dev.embedded;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.internal.dev.launch.ShellWords;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;

/** How the client finds this server. */
public final class EmbeddedDevServer implements EmbeddedServerProvider {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    @Override
    public Server start(Options options) {
        JamsocketDevServer.Builder builder = JamsocketDevServer.builder();
        String command = options.command();
        if (command != null) {
            builder.launcher(Launcher.command(ShellWords.split(command).toArray(String[]::new)));
        }
        JamsocketDevServer server =
                builder.watch(options.watched().toArray(Path[]::new)).start();
        LOG.log(Level.INFO, "Development server with a dashboard on {0}", server.dashboardUrl());
        return new Embedded(server);
    }

    private record Embedded(JamsocketDevServer server) implements Server {

        @Override
        public URI url() {
            return server.url();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
