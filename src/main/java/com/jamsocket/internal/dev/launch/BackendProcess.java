package com.jamsocket.internal.dev.launch;

import com.jamsocket.internal.DaemonThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A process with all that it starts. When it ends by itself, so does the rest, as in a container; when it was asked to
 * end, the rest is asked too, and waited for until {@link #kill()}. Safe for use by several threads.
 */
public final class BackendProcess {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final long POLL_MILLIS = 20;
    private static final int MAX_KILLS = 250;

    private final Process process;
    private final int port;
    private final String mark;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile boolean killed;

    private BackendProcess(Process process, int port, String mark) {
        this.process = process;
        this.port = port;
        this.mark = mark;
    }

    /**
     * Starts a process. It inherits the environment of this JVM, without variables of clients ({@code JAMSOCKET_…}).
     *
     * @param command program and arguments; no shell reads them
     * @param environment further variables, in the place of inherited ones
     * @param folder the working folder
     * @param log takes each line that it writes, on a thread of its own
     * @throws IOException if it cannot be started
     */
    public static BackendProcess start(
            List<String> command, Map<String, String> environment, Path folder, Consumer<String> log)
            throws IOException {
        int port = FreePorts.take();
        String mark = RunningProcesses.begin();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("JAMSOCKET_"));
        variables.putAll(environment);
        variables.put("PORT", String.valueOf(port));
        variables.put(MarkedProcesses.VARIABLE, mark);
        try {
            BackendProcess started = new BackendProcess(StartedApart.start(builder), port, mark);
            RunningProcesses.add(started);
            started.watch(log);
            return started;
        } catch (IOException | RuntimeException e) {
            RunningProcesses.giveUp();
            FreePorts.giveBack(port);
            throw e;
        }
    }

    private void watch(Consumer<String> log) {
        var unused = process.onExit().thenRunAsync(this::endRest, RunningProcesses.workers());
        DaemonThreads.thread("jamsocket-dev-log-" + process.pid(), () -> readLines(log))
                .start();
    }

    private void readLines(Consumer<String> log) {
        closeInput();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
            }
        } catch (IOException e) {
            LOG.log(Level.TRACE, "The process has ended", e);
        }
    }

    /** There is nobody who would say something to it. */
    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.log(Level.TRACE, "The process has ended", e);
        }
    }

    /** The port that it was told to listen on. */
    public int port() {
        return port;
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Its exit code (128 and the signal if it was ended by one), when nothing of it is left. */
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /** Asks it to end: SIGTERM, where there are signals; on Windows this is {@link #kill()}. */
    public void stop() {
        stopping = true;
        // The handle's way leaves the output readable.
        process.toHandle().destroy();
    }

    /** Ends it and all that it has started. */
    public void kill() {
        killed = true;
        family().forEach(ProcessHandle::destroyForcibly);
    }

    /** The processes that are left. Without marks only those are found whose parents live. */
    private Set<ProcessHandle> family() {
        Set<ProcessHandle> family = new HashSet<>(MarkedProcesses.find(mark));
        if (!MarkedProcesses.areVisible()) {
            process.toHandle().descendants().forEach(family::add);
        }
        if (process.isAlive()) {
            family.add(process.toHandle());
        }
        return family;
    }

    /** The first process has ended. */
    private void endRest() {
        try {
            if (stopping) {
                awaitRest();
            }
            killRest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            FreePorts.giveBack(port);
            RunningProcesses.remove(this);
            exit.complete(process.exitValue());
        }
    }

    /** Some may be starting others just now, so once is not enough. */
    private void killRest() throws InterruptedException {
        Set<ProcessHandle> rest = family();
        for (int i = 0; i < MAX_KILLS && !rest.isEmpty(); i++) {
            rest.forEach(ProcessHandle::destroyForcibly);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            rest = family();
        }
    }

    private void awaitRest() throws InterruptedException {
        Set<ProcessHandle> rest = family();
        rest.forEach(ProcessHandle::destroy);
        while (!killed && !rest.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            rest = family();
        }
    }

    void awaitExit(long time, TimeUnit unit) {
        try {
            exit.get(Math.max(0, time), unit);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.DEBUG, "A process does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
