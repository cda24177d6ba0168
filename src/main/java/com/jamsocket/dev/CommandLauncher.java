package com.jamsocket.dev;

import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.launch.BackendProcess;
import com.jamsocket.internal.dev.launch.MountFolder;
import com.jamsocket.internal.dev.launch.RunningProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts a command as a process for each backend. Immutable; made by {@link Launcher#command}.
 *
 * <p>The process is to listen on {@code PORT} of the loopback interface or of all. It inherits the environment of this
 * JVM without variables that begin with {@code JAMSOCKET_}, then has those of {@link #env}, those of the request,
 * and at
 * last those of the platform: {@code PORT}, {@code SESSION_BACKEND_ID}, {@code SESSION_BACKEND_KEY}, {@code
 * SESSION_BACKEND_FENCING_TOKEN}, {@code SESSION_BACKEND_STATIC_TOKEN} if there is one, and {@code
 * SESSION_BACKEND_MOUNT}, the folder of its mount, if it has one. What it writes is its log.
 *
 * <p>A soft stop is a SIGTERM to the process; when it has ended, to all that it has started. A hard stop kills all of
 * them. When the process ends by itself, what it has started is killed too. Nothing survives the server, or its JVM; if
 * that is killed, on Linux the next server ends what is left. On macOS what a dead process has started is not found; on
 * Windows every stop is a hard one.
 */
public final class CommandLauncher implements Launcher {

    private final List<String> command;
    private final Map<String, String> env;
    private final Path directory;
    private final Path mounts;

    private CommandLauncher(List<String> command, Map<String, String> env, Path directory, Path mounts) {
        this.command = command;
        this.env = env;
        this.directory = directory;
        this.mounts = mounts;
    }

    static CommandLauncher of(List<String> command) {
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("an empty command");
        }
        Path mounts = RunningProcesses.home().resolve("mounts");
        return new CommandLauncher(List.copyOf(command), Map.of(), Path.of(""), mounts);
    }

    /** The same with one more environment variable. */
    public CommandLauncher env(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(env);
        more.put(Values.requireText(name, "name"), Objects.requireNonNull(value, "value"));
        return new CommandLauncher(command, Map.copyOf(more), directory, mounts);
    }

    /** The same with this working folder. Default: that of the JVM. */
    public CommandLauncher directory(Path folder) {
        return new CommandLauncher(command, env, Objects.requireNonNull(folder, "folder"), mounts);
    }

    /**
     * The same with mounts below this folder; no mount leads out of it. Default: a folder of the user's in the system's
     * temporary one.
     */
    public CommandLauncher mounts(Path base) {
        return new CommandLauncher(command, env, directory, Objects.requireNonNull(base, "base"));
    }

    @Override
    public LaunchedBackend launch(LaunchRequest request, Consumer<String> log) throws IOException {
        return launch(request, null, log);
    }

    LaunchedBackend launch(LaunchRequest request, @Nullable String staticToken, Consumer<String> log)
            throws IOException {
        Map<String, String> variables = new LinkedHashMap<>(env);
        variables.putAll(request.options().env());
        String key = request.key();
        variables.put("SESSION_BACKEND_ID", request.backendId());
        variables.put("SESSION_BACKEND_KEY", key == null ? "lk-" + request.backendId() : key);
        variables.put("SESSION_BACKEND_FENCING_TOKEN", String.valueOf(request.fencingToken()));
        if (staticToken != null) {
            variables.put("SESSION_BACKEND_STATIC_TOKEN", staticToken);
        }
        SpawnOptions.Mount mount = request.options().mount();
        if (mount != null) {
            variables.put("SESSION_BACKEND_MOUNT", folder(mount, request).toString());
        }
        return new Running(BackendProcess.start(command, variables, directory.toAbsolutePath(), log));
    }

    private Path folder(SpawnOptions.Mount mount, LaunchRequest request) throws IOException {
        String path = mount.path();
        if (path != null) {
            return MountFolder.below(mounts, path);
        }
        String key = request.key() == null ? request.backendId() : request.key();
        return MountFolder.below(mounts, MountFolder.name(request.service()) + "/" + MountFolder.name(key));
    }

    /** Shows the command without the values of environment variables. */
    @Override
    public String toString() {
        return "CommandLauncher[" + String.join(" ", command) + ", env=" + env.keySet() + "]";
    }

    private record Running(BackendProcess process) implements LaunchedBackend {

        @Override
        public URI address() {
            return URI.create("http://localhost:" + process.port());
        }

        @Override
        public CompletionStage<Integer> exit() {
            return process.exit();
        }

        @Override
        public void stop() {
            process.stop();
        }

        @Override
        public void kill() {
            process.kill();
        }
    }
}
