package com.jamsocket.plane;

import static com.jamsocket.plane.PlaneCluster.CLUSTER;

import com.jamsocket.PlaneControl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A part of Plane that a test runs by itself, beside those of the cluster: {@code -Dplane.program} starts it. */
final class PlaneProgram implements AutoCloseable {

    private final List<String> command;
    private Process process;

    private PlaneProgram(List<String> arguments) throws IOException {
        command = new ArrayList<>(List.of(property("plane.program")));
        command.addAll(arguments);
        run();
    }

    /** Starts it; it is to be up when this returns, as far as the test needs. */
    static PlaneProgram start(String... arguments) throws IOException {
        return new PlaneProgram(List.of(arguments));
    }

    /** A further controller on the database of the cluster, which answers when this returns. */
    static PlaneProgram controller(int port) throws IOException {
        PlaneProgram controller = start(
                "controller",
                "--db",
                property("plane.database"),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--controller-url",
                address(port).toString(),
                "--default-cluster",
                CLUSTER);
        awaitController(port);
        return controller;
    }

    static void awaitController(int port) {
        try (PlaneControl control = PlaneControl.of(address(port))) {
            PlaneCluster.await("a controller at " + port, control::isHealthy);
        }
    }

    static URI address(int port) {
        return URI.create("http://localhost:" + port);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> "set -D" + name + ", as docs/plane.sh says");
    }

    private void run() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Asks it to end, and starts it anew when it has ended. */
    void restart() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PlaneCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
        run();
    }

    /** Ends it without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
