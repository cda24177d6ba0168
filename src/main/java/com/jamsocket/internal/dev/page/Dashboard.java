package com.jamsocket.internal.dev.page;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import com.jamsocket.internal.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of a server, {@code GET /} of a browser, and the routes that it uses. With a start token it wants that in
 * the query of each request. On the loop's thread only.
 */
public final class Dashboard {

    private static final String ROUTES = "/dashboard/";

    /** All is in the page: nothing comes from elsewhere, and nobody shows it in a frame. */
    private static final Map<String, String> PAGE_HEADERS = Map.of(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
                    + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
            "cache-control",
            "no-store",
            "referrer-policy",
            "no-referrer",
            "x-content-type-options",
            "nosniff");

    private final Cluster cluster;
    private final Controls controls;
    private final DashboardFeed feed;
    private final @Nullable String startToken;
    private final String page;

    /** What the page can do beside ending a backend. Refusals are {@link IllegalArgumentException}s with a message. */
    public interface Controls {

        /** Finds or starts a backend of a service, for a request in the form of the Jamsocket API; its answer. */
        String connect(String service, Map<String, ?> request);

        /** Injects a fault. */
        void inject(Map<String, ?> fault);

        /** Cancels all faults. */
        void clearFaults();
    }

    /**
     * A dashboard.
     *
     * @param feed what it shows
     * @param startToken what is to be in the query of all its requests; null where nobody else can reach it
     */
    public Dashboard(Cluster cluster, Controls controls, DashboardFeed feed, @Nullable String startToken) {
        this.cluster = cluster;
        this.controls = controls;
        this.feed = feed;
        this.startToken = startToken;
        this.page = page();
    }

    private static String page() {
        try (InputStream in = Dashboard.class.getResourceAsStream("dashboard.html")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a request is for the page. */
    public static boolean isPage(HttpRequest request) {
        String accept = request.header("accept");
        return request.path().equals("/") && request.isGet() && accept != null && accept.contains("text/html");
    }

    /** Whether a request is one that the page makes. */
    public static boolean isRoute(HttpRequest request) {
        return request.path().startsWith(ROUTES);
    }

    /** Answers a request for the page. */
    public void show(Exchange exchange) {
        exchange.reply(
                isAllowed(exchange.request())
                        ? HttpReply.of(200, "text/html; charset=utf-8", page).with(PAGE_HEADERS)
                        : HttpReply.text(
                                401, "Open the address that the server printed when it started: it has a token."));
    }

    /** Answers a request of the page. */
    public void handle(Exchange exchange) {
        HttpRequest request = exchange.request();
        if (!isAllowed(request)) {
            exchange.reply(problem(401, "the start token is missing or wrong"));
            return;
        }
        String route = request.method() + " " + request.path().substring(ROUTES.length());
        try {
            switch (route) {
                case "GET events" -> feed.show(exchange);
                case "GET log" -> exchange.reply(log(known(parameter(request, "id"))));
                case "POST connect", "POST stop", "POST restart", "POST fault", "POST clear-faults" ->
                    exchange.reply(HttpReply.json(200, act(route, Json.toMap(Json.readObject(request.body())))));
                default -> exchange.reply(problem(404, "no such route"));
            }
        } catch (IllegalArgumentException | JamsocketProtocolException e) {
            exchange.reply(problem(400, String.valueOf(e.getMessage())));
        }
    }

    private static HttpReply problem(int status, String message) {
        return HttpReply.json(status, Json.text(Map.of("message", message)));
    }

    private boolean isAllowed(HttpRequest request) {
        String given = parameter(request, "token");
        return startToken == null || (given != null && MessageDigest.isEqual(bytes(startToken), bytes(given)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String parameter(HttpRequest request, String name) {
        String query = request.query();
        return query == null
                ? null
                : Stream.of(query.split("&", -1))
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                        .findFirst()
                        .orElse(null);
    }

    private Backend known(@Nullable String id) {
        Backend backend = id == null ? null : cluster.find(id);
        if (backend == null) {
            throw new IllegalArgumentException("there is no backend " + id);
        }
        return backend;
    }

    private static HttpReply log(Backend backend) {
        List<Map<String, Object>> lines = backend.log().lines().stream()
                .map(line -> BackendView.line(backend.id(), line))
                .toList();
        return HttpReply.json(200, Json.text(Map.of("lines", lines)));
    }

    private String act(String route, Map<String, Object> asked) {
        switch (route) {
            case "POST connect" -> {
                Map<String, Object> request = new LinkedHashMap<>();
                if (asked.get("request") instanceof Map<?, ?> given) {
                    given.forEach((name, value) -> request.put(String.valueOf(name), value));
                }
                return controls.connect(text(asked, "service"), request);
            }
            case "POST stop" ->
                cluster.terminate(
                        known(text(asked, "id")), Boolean.TRUE.equals(asked.get("hard")), TerminationReason.EXTERNAL);
            case "POST restart" -> cluster.restart("ends for a restart, asked for on the dashboard");
            case "POST fault" -> controls.inject(asked);
            default -> controls.clearFaults();
        }
        return "{}";
    }

    private static String text(Map<String, Object> asked, String name) {
        return asked.get(name) instanceof String text ? text : "";
    }
}
