package com.jamsocket.test;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.BackendSnapshot;
import com.jamsocket.dev.DevBackend;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.LaunchRequest;
import com.jamsocket.dev.LaunchedBackend;
import com.jamsocket.dev.Launcher;
import com.jamsocket.internal.Values;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every session backend has to do, verified with one's own, in whatever language: it is started as a process
 * behind a development server, in real time. Immutable.
 *
 * <ul>
 *   <li>It listens on the port that {@code PORT} names, and answers within the ready timeout.
 *   <li>It answers a user whose name is not ASCII, with any status below 500.
 *   <li>It ends within the grace period after a SIGTERM. On Windows there is none, so this is not verified there.
 *   <li>Where {@link #refusingStrangersAt} says so, it refuses requests that do not come through the proxy, which have
 *       no secret of a connection.
 * </ul>
 */
public final class BackendContract {

    private static final int SIGKILL = 137;
    private static final String UTF_8_USER = "Zoë Žižek 🦊";

    /** With HTTP/2 it would offer an upgrade, which listeners for WebSockets take for theirs. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> command;
    private final Duration readyTimeout;
    private final Duration grace;
    private final @Nullable String refused;

    private BackendContract(List<String> command, Duration readyTimeout, Duration grace, @Nullable String refused) {
        this.command = command;
        this.readyTimeout = readyTimeout;
        this.grace = grace;
        this.refused = refused;
    }

    /**
     * Verifies the backend that this command starts, with the defaults.
     *
     * @throws AssertionError naming all that does not hold, with the backend's last log lines
     */
    public static void verify(String... command) {
        of(command).verify();
    }

    /** The contract of the backend that this command starts. Defaults: 30 s until it answers, 10 s of grace. */
    public static BackendContract of(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("an empty command");
        }
        return new BackendContract(List.of(command), Duration.ofSeconds(30), Duration.ofSeconds(10), null);
    }

    /** The same with this time until it answers. */
    public BackendContract readyTimeout(Duration timeout) {
        return new BackendContract(command, Values.requirePositive(timeout, "timeout"), grace, refused);
    }

    /** The same with this grace period. */
    public BackendContract grace(Duration period) {
        return new BackendContract(command, readyTimeout, Values.requirePositive(period, "period"), refused);
    }

    /** The same for a backend that refuses, at this path, what does not come through the proxy: with 401 or 403. */
    public BackendContract refusingStrangersAt(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash, not " + path);
        }
        return new BackendContract(command, readyTimeout, grace, path);
    }

    /**
     * Verifies it; takes as long as the backend takes to start and to end.
     *
     * @throws AssertionError naming all that does not hold, with the backend's last log lines
     */
    public void verify() {
        Started started = new Started(Launcher.command(command.toArray(String[]::new)));
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .launcher(started)
                        .readyTimeout(readyTimeout)
                        .grace(grace)
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            ConnectResponse connection = jamsocket.connect(
                    ConnectRequest.builder().key("contract").user(UTF_8_USER).build());
            DevBackend backend = server.backend(connection.backendId());
            List<String> breaches = new ArrayList<>();
            if (isReady(jamsocket, connection, breaches)) {
                checkUser(connection, breaches);
                checkStrangers(started, breaches);
                checkEnd(jamsocket, backend, breaches);
            }
            if (!breaches.isEmpty()) {
                throw new AssertionError(String.join(" ", command) + ":\n- " + String.join("\n- ", breaches) + "\n"
                        + ServerReport.of(server));
            }
        }
    }

    private boolean isReady(Jamsocket jamsocket, ConnectResponse connection, List<String> breaches) {
        try {
            jamsocket.awaitReady(connection.backendId(), readyTimeout.plusSeconds(5));
            return true;
        } catch (JamsocketException e) {
            breaches.add("it does not answer HTTP on the port that PORT names within " + readyTimeout.toSeconds()
                    + " s: " + e.getMessage());
            return false;
        }
    }

    private void checkUser(ConnectResponse connection, List<String> breaches) {
        int status = statusOf(connection.url());
        if (status < 0 || status >= 500) {
            breaches.add("it does not answer a user whose name is not ASCII, but "
                    + (status < 0 ? "breaks the connection" : "with " + status));
        }
    }

    private void checkStrangers(Started started, List<String> breaches) {
        LaunchedBackend backend = started.backend;
        if (refused != null && backend != null) {
            int status = statusOf(backend.address().resolve(refused));
            if (status != 401 && status != 403) {
                breaches.add("it answers a request without a secret at " + refused + " with " + status
                        + ", not with 401 or 403");
            }
        }
    }

    private void checkEnd(Jamsocket jamsocket, DevBackend backend, List<String> breaches) {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        jamsocket.terminate(backend.id(), TerminationKind.SOFT);
        jamsocket.awaitTerminated(backend.id(), grace.plusSeconds(10));
        BackendSnapshot ended = backend.snapshot();
        Integer exitCode = ended.exitCode();
        if (exitCode != null && exitCode == SIGKILL && timeToEnd(ended).compareTo(grace) >= 0) {
            breaches.add("it does not end within " + grace.toSeconds() + " s after a SIGTERM");
        }
    }

    private static Duration timeToEnd(BackendSnapshot ended) {
        BackendState asked = ended.history().stream()
                .filter(state -> state.status() == BackendStatus.TERMINATING)
                .findFirst()
                .orElse(ended.state());
        return Duration.between(asked.time(), ended.state().time());
    }

    /** The status of the answer to a GET, or -1 if there is none. */
    private int statusOf(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(readyTimeout).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + request.method() + " of the backend", e);
        }
    }

    /** Remembers what was started. */
    private static final class Started implements Launcher {

        private final Launcher launcher;
        private volatile @Nullable LaunchedBackend backend;

        Started(Launcher launcher) {
            this.launcher = launcher;
        }

        @Override
        public LaunchedBackend launch(LaunchRequest request, Consumer<String> log) throws Exception {
            LaunchedBackend launched = launcher.launch(request, log);
            backend = launched;
            return launched;
        }
    }
}
