package com.jamsocket.dev;

import com.jamsocket.internal.dev.api.Program;
import com.jamsocket.internal.dev.cluster.Launch;
import com.jamsocket.internal.dev.cluster.Launched;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Launchers as the cluster knows them. */
final class Launchers {

    private Launchers() {}

    static Program program(Launcher launcher) {
        return new Program(launch -> launched(launcher, launch), null);
    }

    private static Launched launched(Launcher launcher, Launch launch) throws Exception {
        LaunchRequest request = LaunchRequest.of(launch);
        LaunchedBackend backend = launcher instanceof CommandLauncher command
                ? command.launch(request, launch.staticToken(), launch.log())
                : launcher.launch(request, launch.log());
        try {
            return new Running(backend, addresses(backend.address()));
        } catch (UnknownHostException | RuntimeException e) {
            backend.kill();
            throw e;
        }
    }

    /** All addresses of the host; one that is local may be heard at either loopback address. */
    private static List<InetSocketAddress> addresses(URI address) throws UnknownHostException {
        int port = address.getPort() < 0 ? 80 : address.getPort();
        String host = address.getHost();
        List<String> names = host.equalsIgnoreCase("localhost") ? List.of("127.0.0.1", "::1") : List.of(host);
        List<InetSocketAddress> found = new ArrayList<>();
        for (String name : names) {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                found.add(new InetSocketAddress(each, port));
            }
        }
        return found;
    }

    private record Running(LaunchedBackend backend, List<InetSocketAddress> addresses) implements Launched {

        @Override
        public CompletionStage<Integer> exit() {
            return backend.exit();
        }

        @Override
        public void stop() {
            backend.stop();
        }

        @Override
        public void kill() {
            backend.kill();
        }
    }
}
