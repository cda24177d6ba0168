package com.jamsocket.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.internal.wire.Call;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server with backends, in one dialect, and what stands before it. */
final class ModelServer {

    private static final Pattern KEY = Pattern.compile("\"key\":(?:\\{\"name\":)?\"([^\"]*)\"");

    private final Engine engine;
    private final SimulatedTime time;
    private final Chance chance;
    private final Weather weather;
    private final Tally tally;
    private final List<ModelBackend> backends = new ArrayList<>();
    private final Map<String, View> views = new HashMap<>();
    private final Map<String, ModelBackend> keys = new HashMap<>();
    private final boolean learnsLate;
    private int spawnsExpected;
    private int spawnedAlone;

    /** What is answered to a call. */
    record Reply(int status, Map<String, List<String>> headers, String body) {}

    ModelServer(Engine engine, SimulatedTime time, Chance chance, Weather weather, Tally tally) {
        this.engine = engine;
        this.time = time;
        this.chance = chance;
        this.weather = weather;
        this.tally = tally;
        this.learnsLate = engine != Engine.PLANE && weather.brings(Fault.LATE_LEARNER);
    }

    Engine engine() {
        return engine;
    }

    ModelBackend spawn() {
        ModelBackend backend = new ModelBackend(engine, time, chance, weather);
        backends.add(backend);
        return backend;
    }

    /** A connect without a key has begun, which may spawn one backend. */
    void expectSpawn() {
        spawnsExpected++;
    }

    /** How many backends were spawned by connects without a key beyond what was asked for. */
    int spawnedTooMany() {
        return Math.max(0, spawnedAlone - spawnsExpected);
    }

    List<ModelBackend> backends() {
        return backends;
    }

    /** A name of a backend that nobody else uses. */
    View view(ModelBackend backend) {
        View view = new View("b" + views.size(), backend);
        views.put(view.id(), view);
        return view;
    }

    /** Shows what each user was told, to find out why a run went as it did. */
    String story() {
        return engine + views.values().stream().map(View::story).collect(Collectors.joining());
    }

    /** Whether, between two times, it has seemed to be down, whoever of the client's users has found that out. */
    boolean seemsDown(Duration from, Duration to) {
        return views.values().stream().anyMatch(view -> view.seemsDown(from, to));
    }

    View view(String id) {
        return Objects.requireNonNull(views.get(id));
    }

    // --- requests without a thread that waits ---

    void accept(Exchange<?> exchange) {
        String path = exchange.request().uri().getPath();
        if (path.endsWith("/connect")) {
            new Wire(time, chance).send(() -> connect(exchange));
            return;
        }
        View view = viewOf(path);
        Wire wire = new Wire(time, chance);
        Fault outage = weather.outage();
        if (outage != null) {
            view.struck(outage, time.elapsed());
        }
        if (outage == Fault.OUTAGE_REFUSED || strikes(view, Fault.REFUSED_CONNECTION)) {
            wire.send(() -> exchange.fail(new ConnectException("Connection refused")));
        } else if (outage == Fault.OUTAGE_BLACK_HOLE || strikes(view, Fault.BLACK_HOLE)) {
            // Nobody answers.
        } else if (strikes(view, Fault.RESET_BEFORE_HEAD)) {
            wire.send(() -> exchange.fail(new IOException("Connection reset")));
        } else {
            Duration delay = strikes(view, Fault.SLOW_ANSWER)
                    ? chance.time(Duration.ofMillis(100), Duration.ofSeconds(12))
                    : Duration.ZERO;
            wire.send(delay, () -> handle(exchange, view, path));
        }
    }

    private void connect(Exchange<?> exchange) {
        try {
            Reply reply = connect((String) null);
            exchange.head(reply.status(), reply.headers());
            exchange.bytes(reply.body().getBytes(UTF_8), () -> {});
            exchange.end();
        } catch (IOException e) {
            exchange.fail(e);
        }
    }

    private boolean strikes(View view, Fault fault) {
        boolean struck = weather.strikes(fault);
        if (struck) {
            view.struck(fault, time.elapsed());
        }
        return struck;
    }

    private View viewOf(String path) {
        List<String> parts = List.of(path.split("/"));
        return view(parts.get(3));
    }

    private void handle(Exchange<?> exchange, View view, String path) {
        if (exchange.isClosed()) {
            return;
        }
        boolean stream = path.endsWith("stream");
        Reply foreign = foreign(view, path, stream, exchange.request().uri().getQuery() != null);
        if (foreign != null) {
            answer(exchange, foreign, view, () -> {});
        } else if (stream) {
            String lastEventId =
                    exchange.request().headers().firstValue("Last-Event-ID").orElse("");
            if (!view.openings().isEmpty()) {
                tally.count(lastEventId.isEmpty() ? Transition.OPENED_ANEW : Transition.RESUMED);
            }
            view.opened(new View.Opening(lastEventId, time.elapsed()));
            new ModelStream(engine, exchange, view, time, chance, weather).begin(lastEventId);
        } else {
            view.asked();
            tally.count(Transition.ASKED_STATUS);
            ModelBackend.Told told = status(view);
            if (told == null) {
                view.saidUnknown(time.elapsed());
                answer(exchange, new Reply(404, Map.of(), engine.notFound()), view, () -> {});
            } else {
                Reply reply = new Reply(200, Map.of("Content-Type", List.of("application/json")), told.json());
                answer(exchange, reply, view, () -> view.arrived(new View.Arrival(told, time.elapsed(), null)));
            }
        }
    }

    /** What another than the server answers, or the server in trouble. */
    private @Nullable Reply foreign(View view, String path, boolean stream, boolean isRedirected) {
        if (weather.outage() == Fault.OUTAGE_UNAVAILABLE) {
            return html(503);
        }
        if (strikes(view, Fault.ROUTER_404)) {
            return new Reply(404, Map.of("Content-Type", List.of("text/plain")), "404 page not found");
        }
        if (strikes(view, Fault.BAD_GATEWAY)) {
            return html(502);
        }
        if (strikes(view, Fault.INTERNAL_ERROR)) {
            return new Reply(500, Map.of(), "");
        }
        if (strikes(view, Fault.UNAVAILABLE_RETRY_AFTER)) {
            return new Reply(503, Map.of("Retry-After", List.of(String.valueOf(chance.below(10)))), "");
        }
        if (strikes(view, Fault.TOO_MANY_RETRY_DATE)) {
            Instant until = time.now().plusSeconds(chance.below(10));
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
            return new Reply(429, Map.of("Retry-After", List.of(date)), "slow down");
        }
        if (!isRedirected && strikes(view, Fault.REDIRECT)) {
            return new Reply(307, Map.of("Location", List.of(path + "?again")), "");
        }
        return stream ? refusal(view) : strikes(view, Fault.HTML_STATUS) ? html(200) : null;
    }

    private @Nullable Reply refusal(View view) {
        for (Fault fault : List.of(Fault.UNAUTHORIZED_STREAM, Fault.HTML_STREAM, Fault.NO_CONTENT_STREAM)) {
            if (strikes(view, fault)) {
                view.refusedForGood();
                return fault == Fault.HTML_STREAM
                        ? html(200)
                        : new Reply(fault == Fault.NO_CONTENT_STREAM ? 204 : 401, Map.of(), "");
            }
        }
        return null;
    }

    private static Reply html(int status) {
        return new Reply(status, Map.of("Content-Type", List.of("text/html")), "<html><body>sorry</body></html>");
    }

    /** What it says of a backend; null if it says that there is none. */
    private ModelBackend.@Nullable Told status(View view) {
        ModelBackend backend = view.backend();
        Duration age = time.elapsed().minus(backend.history().get(0).at());
        if (learnsLate && age.toMillis() < 1200) {
            weather.happened(Fault.LATE_LEARNER);
            return null;
        }
        if (backend.forgottenAt() != null) {
            return null;
        }
        boolean stale = backend.history().size() > 1 && strikes(view, Fault.STALE_STATUS);
        return stale ? backend.history().get(backend.history().size() - 2) : backend.last();
    }

    private void answer(Exchange<?> exchange, Reply reply, View view, Runnable whenReceived) {
        Wire wire = new Wire(time, chance);
        wire.send(() -> exchange.head(reply.status(), reply.headers()));
        byte[] body = reply.body().getBytes(UTF_8);
        if (body.length > 0 && strikes(view, Fault.HALF_BODY)) {
            wire.send(() -> exchange.bytes(Arrays.copyOf(body, body.length / 2), () -> {}));
            wire.send(() -> exchange.fail(new IOException("closed")));
            return;
        }
        if (body.length > 0 && strikes(view, Fault.TRICKLED_BODY)) {
            // A byte a second, and the last one never: somebody has to give it up.
            for (int i = 0; i < body.length - 1; i++) {
                byte[] each = {body[i]};
                wire.send(Duration.ofSeconds(i), () -> exchange.bytes(each, () -> {}));
            }
            return;
        }
        if (body.length > 0) {
            wire.send(() -> exchange.bytes(body, whenReceived));
        }
        wire.send(exchange::end);
    }

    // --- calls that a thread waits for: it comes back at once, and the waiting is before ---

    /** Answers a call that connects or ends a backend. */
    Reply answer(Call call) throws IOException {
        if (!call.path().endsWith("connect")) {
            return terminate(Objects.requireNonNull(call.backendId()));
        }
        Matcher key = KEY.matcher(Objects.requireNonNull(call.body()));
        return connect(key.find() ? key.group(1) : null);
    }

    /** Connects: a backend of its own without a key, else the one of the key for as long as it lives. */
    private Reply connect(@Nullable String key) throws IOException {
        requireReached();
        ModelBackend held = key == null ? null : keys.get(key);
        ModelBackend backend = held != null && !held.hasEnded() ? held : spawn();
        if (key == null) {
            spawnedAlone++;
        } else {
            keys.put(key, backend);
        }
        requireAnswered();
        View view = view(backend);
        return new Reply(
                200,
                Map.of(),
                "{\"backend_id\":\"" + view.id() + "\",\"spawned\":" + (backend != held) + ",\"status\":\""
                        + backend.last().status().wireName()
                        + "\",\"token\":\"tok\",\"url\":\"http://localhost:9/tok/\","
                        + "\"subdomain\":null,\"secret_token\":\"sec\",\"status_url\":\"http://localhost:9/s\","
                        + "\"ready_url\":\"\",\"drone\":null}");
    }

    private Reply terminate(String id) throws IOException {
        requireReached();
        view(id).backend().terminate();
        requireAnswered();
        return new Reply(200, Map.of(), "{}");
    }

    private void requireReached() throws IOException {
        if (weather.outage() != null || weather.strikes(Fault.REFUSED_CONNECTION)) {
            throw new ConnectException("Connection refused");
        }
    }

    private void requireAnswered() throws IOException {
        if (weather.strikes(Fault.RESET_BEFORE_HEAD)) {
            throw new IOException("Connection reset");
        }
    }
}
