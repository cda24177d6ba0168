package com.jamsocket.plane;

import com.jamsocket.testkit.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;

/** The processes of an executor's backends, by backend id. */
final class BackendProcesses implements AutoCloseable {

    private final Map<String, Process> running = new ConcurrentHashMap<>();
    private final ObjIntConsumer<String> onExit;

    /**
     * No processes yet.
     *
     * @param onExit told the backend id and the exit code of each that ends
     */
    BackendProcesses(ObjIntConsumer<String> onExit) {
        this.onExit = onExit;
    }

    /** Starts a process and waits until it listens; gives its port. */
    int start(String backendId, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Jvm.tool("java"),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                testClasses(),
                EchoBackend.class.getName());
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        running.put(backendId, process);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String port = out.readLine();
        if (port == null) {
            running.remove(backendId);
            throw new IOException("the process ended at once");
        }
        var unused = process.onExit().thenAccept(ended -> {
            running.remove(backendId);
            onExit.accept(backendId, ended.exitValue());
        });
        return Integer.parseInt(port);
    }

    /** Asks a process to end, or kills it; false if it is gone already. */
    boolean stop(String backendId, boolean hard) {
        Process process = running.get(backendId);
        if (process == null) {
            return false;
        }
        if (hard) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        return true;
    }

    boolean isRunning(String backendId) {
        return running.containsKey(backendId);
    }

    private static String testClasses() {
        try {
            return Path.of(EchoBackend.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
    }
}
