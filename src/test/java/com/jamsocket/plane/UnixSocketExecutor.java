package com.jamsocket.plane;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * What a Plane drone runs its backends with, in place of Docker: {@code plane drone --executor-socket PATH} sends its
 * requests here, one JSON object a line, and gets {@link EchoBackend} processes with the {@link Conduct} that the
 * image's tag asks for. It has to listen before the drone starts.
 */
public final class UnixSocketExecutor implements AutoCloseable {

    /** Of backends that nobody visits. */
    private static final int NOBODYS_PORT = 9;

    private final Path path;
    private final ServerSocketChannel server;
    private final ExecutorService threads = Executors.newCachedThreadPool(UnixSocketExecutor::daemon);
    private final BackendProcesses processes = new BackendProcesses(this::tellExit);
    private final Map<String, Conduct> conducts = new ConcurrentHashMap<>();
    private final Set<String> light = ConcurrentHashMap.newKeySet();
    private final Semaphore loading = new Semaphore(0);
    private volatile SocketChannel drone;

    private UnixSocketExecutor(Path path) throws IOException {
        this.path = path;
        Files.deleteIfExists(path);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        threads.execute(this::accept);
    }

    /** Listens from now on. */
    static UnixSocketExecutor listen(Path path) throws IOException {
        return new UnixSocketExecutor(path);
    }

    /** Serves drones at the given path until the process is ended. */
    public static void main(String... args) throws IOException, InterruptedException {
        try (UnixSocketExecutor executor = listen(Path.of(args[0]))) {
            Runtime.getRuntime().addShutdownHook(new Thread(executor::close));
            System.out.println("listening at " + args[0]);
            Thread.currentThread().join();
        }
    }

    /** Lets one backend of slow loading go on. */
    void finishLoading() {
        loading.release();
    }

    /** Whether a drone is connected. */
    boolean isServing() {
        return drone != null;
    }

    /** Kills the processes of all backends. */
    void killAll() {
        processes.close();
        light.removeIf(backendId -> {
            threads.execute(() -> tellExit(backendId, 137));
            return true;
        });
    }

    /** Whether the process of a backend runs, or what stands for it. */
    boolean isRunning(String backendId) {
        return processes.isRunning(backendId) || light.contains(backendId);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel accepted = server.accept();
                drone = accepted;
                threads.execute(() -> serve(accepted));
            }
        } catch (ClosedChannelException e) {
            // closed: no drone is served any more
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(SocketChannel channel) {
        try (BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject request = read(line);
                threads.execute(() -> send(answer(request.getJsonObject("message")), request.get("id")));
            }
        } catch (IOException e) {
            // the drone is gone; another may come
        }
    }

    private JsonObject answer(JsonObject message) {
        String verb = message.keySet().iterator().next();
        JsonValue arguments = message.get(verb);
        JsonObjectBuilder result = Json.createObjectBuilder();
        try {
            result.add("Ok", ok(verb, arguments));
        } catch (Refusal e) {
            result.add("Err", e.wire);
        } catch (IOException | InterruptedException e) {
            result.add("Err", String.valueOf(e));
        }
        return Json.createObjectBuilder().add(verb + "Result", result).build();
    }

    private JsonValue ok(String verb, JsonValue arguments) throws IOException, InterruptedException {
        return switch (verb) {
            case "Prepare" -> prepare(arguments.asJsonObject());
            case "Spawn" -> spawn(arguments.asJsonArray());
            case "WaitForBackend" -> await(arguments.asJsonArray().getString(0));
            case "Terminate" ->
                terminate(
                        arguments.asJsonArray().getString(0),
                        arguments.asJsonArray().getBoolean(1));
            default -> throw new IllegalArgumentException("unknown request " + verb);
        };
    }

    private JsonValue prepare(JsonObject config) throws InterruptedException {
        switch (Conduct.of(config.getString("image"))) {
            case NO_IMAGE -> throw new Refusal("no such image");
            case SLOW_LOADING -> loading.acquire();
            default -> {}
        }
        return JsonValue.NULL;
    }

    private JsonValue spawn(JsonArray arguments) throws IOException {
        String backendId = arguments.getString(0);
        JsonObject config = arguments.getJsonObject(1);
        Conduct conduct = Conduct.of(config.getString("image"));
        if (conduct == Conduct.NO_START) {
            throw new Refusal("cannot be started");
        }
        conducts.put(backendId, conduct);
        if (conduct == Conduct.LIGHT) {
            light.add(backendId);
            return started(backendId, NOBODYS_PORT);
        }
        int port = processes.start(backendId, environment(backendId, config, arguments.get(2), arguments.get(3)));
        return started(backendId, port);
    }

    private static JsonValue started(String backendId, int port) {
        return Json.createObjectBuilder()
                .add("container_id", "process-" + backendId)
                .add("port", port)
                .build();
    }

    private static Map<String, String> environment(
            String backendId, JsonObject config, JsonValue key, JsonValue staticToken) {
        Map<String, String> environment = new HashMap<>();
        config.getJsonObject("env").forEach((name, value) -> environment.put(name, ((JsonString) value).getString()));
        environment.put("SESSION_BACKEND_ID", backendId);
        if (key instanceof JsonObject held) {
            environment.put("SESSION_BACKEND_KEY", held.getJsonObject("key").getString("name"));
            environment.put(
                    "SESSION_BACKEND_FENCING_TOKEN", held.getJsonNumber("token").toString());
        }
        if (staticToken instanceof JsonString token) {
            environment.put("SESSION_BACKEND_STATIC_TOKEN", token.getString());
        }
        return environment;
    }

    private JsonValue await(String backendId) {
        return switch (conduct(backendId)) {
            case STARTUP_TIMEOUT -> throw new Refusal("StartupTimeout");
            case UNWATCHABLE ->
                throw new Refusal(Json.createObjectBuilder()
                        .add("Other", "cannot be watched")
                        .build());
            default -> JsonValue.NULL;
        };
    }

    private JsonValue terminate(String backendId, boolean hard) {
        if (!hard && conduct(backendId) == Conduct.STUBBORN) {
            return JsonValue.TRUE;
        }
        if (light.remove(backendId)) {
            threads.execute(() -> tellExit(backendId, 0));
            return JsonValue.TRUE;
        }
        return processes.stop(backendId, hard) ? JsonValue.TRUE : JsonValue.FALSE;
    }

    private Conduct conduct(String backendId) {
        return conducts.getOrDefault(backendId, Conduct.GOOD);
    }

    private void tellExit(String backendId, int exitCode) {
        JsonObject event = Json.createObjectBuilder()
                .add("backend_id", backendId)
                .add("exit_code", exitCode)
                .build();
        send(Json.createObjectBuilder().add("TerminateEvent", event).build(), JsonValue.NULL);
    }

    private synchronized void send(JsonObject message, JsonValue id) {
        JsonObject envelope =
                Json.createObjectBuilder().add("id", id).add("message", message).build();
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(envelope + "\n");
            while (bytes.hasRemaining()) {
                drone.write(bytes);
            }
        } catch (IOException e) {
            // the drone is gone, and nobody else wants to know
        }
    }

    private static JsonObject read(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "executor");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        processes.close();
        threads.shutdownNow();
        try {
            server.close();
            if (drone != null) {
                drone.close();
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the drone is told in place of a result. */
    private static final class Refusal extends RuntimeException {
        private final transient JsonValue wire;

        Refusal(String word) {
            this(Json.createValue(word));
        }

        Refusal(JsonValue wire) {
            super(wire.toString());
            this.wire = wire;
        }
    }
}
