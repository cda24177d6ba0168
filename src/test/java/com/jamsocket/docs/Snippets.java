package com.jamsocket.docs;

import com.jamsocket.BackendState;
import com.jamsocket.PlaneControl;
import com.jamsocket.RateLimitedException;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What the pages show in passing. */
final class Snippets {

    private Snippets() {}

    static void drain(PlaneControl control) {
        // snippet: drain
        control.awaitDrained("localhost:9090", "dr-0abc", Duration.ofHours(1));
        // end
    }

    static JamsocketDevServer launch() {
        // snippet: launch
        JamsocketDevServer server = JamsocketDevServer.builder()
                .launcher(Launcher.command("node", "server.js").env("LOG", "debug"))
                .launcher("notes", Launcher.address(URI.create("http://localhost:3000")))
                .backend("echo", BackendHandler.echo())
                .watch(Path.of("src"))
                .start();
        // end
        return server;
    }

    // snippet: status
    static String show(BackendState state) {
        return switch (state.status()) {
            case READY -> "open";
            case TERMINATING, HARD_TERMINATING, TERMINATED -> "over";
            default -> state.statusName();
        };
    }
    // end

    // snippet: ends
    static String tell(StreamEnd end) {
        if (end instanceof StreamEnd.Terminated terminated) {
            return "ended: " + terminated.state();
        }
        if (end instanceof StreamEnd.Failed failed) {
            return failed.cause() instanceof RateLimitedException ? "too many" : "lost: " + failed.cause();
        }
        return end instanceof StreamEnd.Closed ? "closed by us" : "gone, and nobody can tell how";
    }
    // end
}
