package com.jamsocket.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** An application on a server, by the JSON it answers. */
final class DeployedApplication {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    /** At its address, which ends in a slash. */
    DeployedApplication(URI base) {
        this.base = base;
    }

    /** The application with this name on the server that Arquillian started. */
    static DeployedApplication named(String name) {
        return new DeployedApplication(urlOf(name).resolve("api/"));
    }

    /** Where that application is, ending in a slash. */
    static URI urlOf(String name) {
        return URI.create("http://127.0.0.1:" + Integer.getInteger("server.port") + "/" + name + "/");
    }

    JsonValue get(String path) {
        return json("GET", path, BodyPublishers.noBody());
    }

    /** Makes so many requests at once; they are numbered from 0. */
    static <T> List<T> atOnce(int times, IntFunction<T> request) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<CompletableFuture<T>> answers = IntStream.range(0, times)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> request.apply(number), threads))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    JsonObject post(String path) {
        return json("POST", path, BodyPublishers.noBody()).asJsonObject();
    }

    JsonObject post(String path, String json) {
        return json("POST", path, BodyPublishers.ofString(json)).asJsonObject();
    }

    JsonObject delete(String path) {
        return json("DELETE", path, BodyPublishers.noBody()).asJsonObject();
    }

    /** The answer to a request with this method and without a body, whatever it is. */
    String answer(String method, String path) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofMinutes(5))
                        .method(method, BodyPublishers.noBody())
                        .build())
                .body();
    }

    /** The answer to a request with this method, without a body and without a thread that waits for it. */
    CompletableFuture<HttpResponse<String>> begin(String method, String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(90))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonValue json(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readValue();
        }
    }

    /** The answer, whatever it is. */
    HttpResponse<String> answer(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .build());
    }

    /** The lines of an event stream to its end. */
    CompletableFuture<List<String>> events(String path) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "text/event-stream")
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(response -> response.body().lines().toList());
    }

    /** The head of an event stream, which is left then. */
    HttpHeaders headers(String path) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<InputStream> response =
                http.sendAsync(request, BodyHandlers.ofInputStream()).join();
        try (InputStream events = response.body()) {
            return response.headers();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
