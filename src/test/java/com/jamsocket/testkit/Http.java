package com.jamsocket.testkit;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A stranger's HTTP client, for one server.
 *
 * @param base where its APIs are
 * @param connections where its connection URLs are: paths that begin with a token lead there
 */
public record Http(URI base, URI connections) {

    private static final int TOKEN_LENGTH = 43;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static Http of(JamsocketDevServer server) {
        return new Http(server.url(), server.connectionUrl());
    }

    public Http(URI base) {
        this(base, base);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (Stream.of(headers).noneMatch("content-type"::equalsIgnoreCase)) {
            request.header("content-type", "application/json");
        }
        return send(request.POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> method(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    public CompletableFuture<HttpResponse<String>> getLater(String path) {
        return CLIENT.sendAsync(request(path).GET().build(), BodyHandlers.ofString());
    }

    /** Connects in the Jamsocket dialect, which must succeed. */
    public JsonObject connect(String json) {
        return json(post("/v2/service/acct/svc/connect", json));
    }

    /** The id of a new backend. */
    public String spawn() {
        return connect("{}").getString("backend_id");
    }

    public String statusOf(String id) {
        return json(get("/v2/backend/" + id + "/status")).getString("status");
    }

    /** The states on a backend's stream, up to the last of its life. */
    public CompletableFuture<List<JsonObject>> life(String id) {
        return life("/v2/backend/" + id + "/status/stream", "data:");
    }

    /** The states on a stream, read by a thread of its own: reading blocks, and cannot be interrupted. */
    public CompletableFuture<List<JsonObject>> life(String path, String prefix) {
        return lines(path).thenApplyAsync(lines -> untilTerminated(lines, prefix), Http::inNewThread);
    }

    private static void inNewThread(Runnable task) {
        Thread thread = new Thread(task, "reader of a stream");
        thread.setDaemon(true);
        thread.start();
    }

    public CompletableFuture<Stream<String>> lines(String path, String... headers) {
        return CLIENT.sendAsync(request(path, headers).GET().build(), BodyHandlers.ofLines())
                .thenApply(HttpResponse::body);
    }

    private static List<JsonObject> untilTerminated(Stream<String> lines, String prefix) {
        List<JsonObject> states = new java.util.ArrayList<>();
        try (lines) {
            var all = lines.iterator();
            while (states.isEmpty() || !isTerminated(states)) {
                String line = all.next();
                if (line.startsWith(prefix)) {
                    states.add(Json.readObject(line.substring(prefix.length())));
                }
            }
        }
        return states;
    }

    private static boolean isTerminated(List<JsonObject> states) {
        return states.get(states.size() - 1).getString("status").equals("terminated");
    }

    public static List<String> statuses(List<JsonObject> states) {
        return states.stream().map(state -> state.getString("status")).toList();
    }

    public static JsonObject json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.readObject(response.body());
    }

    private URI uri(String path) {
        boolean connection = path.split("[/?]", 3)[1].length() >= TOKEN_LENGTH;
        return (connection ? connections : base).resolve(path);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
