package com.jamsocket.docs;

// snippet: launch
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import java.net.URI;
import java.nio.file.Path;

public final class Launching {

    static JamsocketDevServer start() {
        return JamsocketDevServer.builder()
                .launcher(Launcher.command("node", "server.js").env("LOG", "debug"))
                .launcher("notes", Launcher.address(URI.create("http://localhost:3000")))
                .backend("echo", BackendHandler.echo())
                .watch(Path.of("src"))
                .start();
    }
}
// end
