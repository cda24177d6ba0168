package com.jamsocket.dev;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts what runs in the backends of a {@link JamsocketDevServer}: one for each backend. Their statuses then follow
 * what runs, and requests to connection URLs are proxied to it byte for byte, WebSockets included.
 */
@FunctionalInterface
public interface Launcher {

    /**
     * Starts what runs in a backend. Called on one of a few threads of the server, for several backends at once; it may
     * block until that is started, but need not wait until it answers.
     *
     * @param request the backend and what was asked for it
     * @param log takes its log lines, on any thread; the server keeps the last thousand
     * @return what runs
     * @throws Exception if it cannot be started; the backend is then terminated, and its log says why
     */
    LaunchedBackend launch(LaunchRequest request, Consumer<String> log) throws Exception;

    /**
     * Starts a command as a process for each backend; see {@link CommandLauncher}.
     *
     * @param command the program and its arguments, such as {@code "node", "server.js"}; no shell reads them
     */
    static CommandLauncher command(String... command) {
        return CommandLauncher.of(List.of(command));
    }

    /**
     * Starts nothing: each backend is what runs at this address already, and goes on running there when the backend
     * ends.
     *
     * @param address such as {@code http://localhost:3000}
     * @throws IllegalArgumentException if that is not the address of an HTTP server
     */
    static Launcher address(URI address) {
        return new AddressLauncher(address);
    }
}
