package com.jamsocket.plane;

import static com.jamsocket.plane.PlaneCluster.CLUSTER;

import com.jamsocket.PlaneControl;
import com.jamsocket.testkit.ReservedPort;
import java.io.IOException;
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
    static PlaneProgram controller(ReservedPort port) throws IOException {
        PlaneProgram controller = start(
                "controller",
                "--db",
                property("plane.database"),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port.forServer()),
                "--controller-url",
                port.url().toString(),
                "--default-cluster",
                CLUSTER);
        awaitController(port);
        return controller;
    }

    static void awaitController(ReservedPort port) {
        try (PlaneControl control = PlaneControl.of(port.url())) {
            PlaneCluster.await("a controller at " + port.url(), control::isHealthy);
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
