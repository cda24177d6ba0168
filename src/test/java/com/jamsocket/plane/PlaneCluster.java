package com.jamsocket.plane;

import static com.jamsocket.testkit.Eventually.eventually;

import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.SpawnOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The cluster that the tests were pointed at by system properties: {@code plane.url} is its controller,
 * {@code plane.executor-socket} where its drone looks for an executor, {@code plane.cluster} its name.
 */
final class PlaneCluster implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String CLUSTER = System.getProperty("plane.cluster", "localhost:9090");

    final URI url = URI.create(property("plane.url"));
    final UnixSocketExecutor executor;
    final PlaneControl control;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    PlaneCluster() throws IOException {
        executor = UnixSocketExecutor.listen(Path.of(property("plane.executor-socket")));
        control = PlaneControl.of(url);
        await(
                "a drone in cluster " + CLUSTER + "; start one with --executor-socket now",
                () -> control.clusterState(CLUSTER).drones().stream().anyMatch(PlaneCluster::takesBackends)
                        && executor.isServing());
    }

    private static boolean takesBackends(ClusterState.Drone drone) {
        return drone.isReady() && !drone.isDraining();
    }

    /** A client for this cluster, by the way of that address. */
    Jamsocket client(URI address) {
        return builder(address).build();
    }

    /** A builder of one. */
    Jamsocket.Builder builder(URI address) {
        PlaneSettings settings = PlaneSettings.builder(address)
                .image("example/backend")
                .cluster(CLUSTER)
                .maxIdle(Duration.ofMinutes(2))
                .build();
        return Jamsocket.builder().plane(settings).service("tests");
    }

    /** A request for a backend of that conduct. */
    static ConnectRequest.Builder request(Conduct conduct) {
        return ConnectRequest.builder()
                .spawn(SpawnOptions.builder().tag(conduct.tag()).build());
    }

    /** The answer of a backend, or of the proxy in its place. */
    HttpResponse<String> fetch(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    /** The controller's own answer to a POST. */
    HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("content-type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The controller's event stream, from behind that status on. */
    HttpResponse<Stream<String>> stream(String backendId, String lastEventId) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/pub/b/" + backendId + "/status-stream"))
                .header("last-event-id", lastEventId)
                .build();
        return http.send(request, BodyHandlers.ofLines());
    }

    /** The statuses that the controller has kept of a backend, up to its end if that is there in time. */
    List<String> history(String backendId) throws IOException, InterruptedException {
        List<String> statuses = new ArrayList<>();
        try (Stream<String> lines = stream(backendId, "none").body()) {
            CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .execute(lines::close);
            Iterator<String> all = lines.iterator();
            while (!statuses.contains("terminated") && all.hasNext()) {
                String line = all.next();
                if (line.startsWith("id:")) {
                    statuses.add(line.substring("id:".length()).strip());
                }
            }
        } catch (UncheckedIOException e) {
            // The end does not come: closed above.
        }
        return List.copyOf(statuses);
    }

    /** Waits for something to become true. */
    static void await(String what, BooleanSupplier condition) {
        eventually(what, PATIENCE.multipliedBy(4), condition::getAsBoolean);
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> "set -D" + name);
    }

    @Override
    public void close() {
        control.close();
        executor.close();
    }
}
