package com.jamsocket.internal.client;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.PlaneOptions;
import com.jamsocket.PlaneSettings;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.client.AnsweredClient.Answer;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.PlaneControlMapping;
import com.jamsocket.internal.wire.PlaneDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/**
 * docs/errors.md says of every answer, and of none at all, what comes of it. Each row is found out with every call that
 * the dialects have and with a stream, all of which are answered so.
 */
class RefusalTableTest {

    private static final String BACKEND = "k2h5xq0v9c1abc";
    private static final ConnectRequest WITH_KEY =
            ConnectRequest.builder().key("k").build();
    private static final ConnectRequest WITHOUT_KEY = ConnectRequest.builder().build();
    private static final String ID_IN_USE = "FailedToAcquireKey";

    private static final List<String> KINDS = List.of(
            "KeyHeld",
            "KeyUnheldNoSpawnConfig",
            "NoClusterProvided",
            "InvalidClusterName",
            ID_IN_USE,
            "FailedToRemoveKey",
            "KeyHeldUnhealthy",
            "NoDroneAvailable");

    /** Those that mean something, and some others. */
    private static final int[] STATUSES = {400, 401, 403, 404, 407, 408, 409, 418, 425, 429, 500, 501, 502, 503, 504};

    /** Bodies of a 404, by what they are called on the page. */
    private static final Map<String, String> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("JSON with `error`", "{\"error\":{\"message\":\"no such backend\",\"code\":\"NotFound\"}}");
        FORMS.put("JSON with `kind`", "{\"id\":\"i\",\"kind\":\"NotFound\",\"message\":\"no such backend\"}");
        FORMS.put("no body", "");
        FORMS.put("anything else", "404 page not found");
    }

    private final List<Server> servers = List.of(
            Server.of(new JamsocketDialect("a", "s", ServerKind.API)),
            Server.of(new JamsocketDialect("a", "s", ServerKind.DEV_SERVER)),
            Server.ofPlane());

    /**
     * A client of one kind of server, and all calls that it makes.
     *
     * @param aboutBackend those that may be repeated and are about a backend
     * @param others those that may be repeated and are about none
     * @param once those that may not be repeated
     * @param withOwnId a {@code connect} with an id of its own, with a key and without
     */
    private record Server(
            AnsweredClient client, List<Call> aboutBackend, List<Call> others, List<Call> once, List<Call> withOwnId) {

        static Server of(Dialect dialect) {
            return new Server(
                    new AnsweredClient(dialect),
                    List.of(
                            dialect.status(BACKEND),
                            dialect.terminate(BACKEND, TerminationKind.SOFT),
                            dialect.terminate(BACKEND, TerminationKind.HARD)),
                    List.of(dialect.connect(WITH_KEY)),
                    List.of(dialect.connect(WITHOUT_KEY)),
                    List.of());
        }

        static Server ofPlane() {
            Dialect dialect = new PlaneDialect(
                    PlaneSettings.builder(URI.create("http://localhost"))
                            .image("x")
                            .build(),
                    null);
            Server plane = of(dialect);
            List<Call> control = List.of(
                    PlaneControlMapping.clusterState("c"),
                    PlaneControlMapping.drain("c", "dr"),
                    PlaneControlMapping.revoke(BACKEND, "ann"),
                    PlaneControlMapping.status());
            PlaneOptions ownId = PlaneOptions.builder().backendId("mine").build();
            return new Server(
                    plane.client,
                    plane.aboutBackend,
                    Stream.concat(plane.others.stream(), control.stream()).toList(),
                    plane.once,
                    List.of(
                            dialect.connect(WITH_KEY.toBuilder().plane(ownId).build()),
                            dialect.connect(WITHOUT_KEY.toBuilder().plane(ownId).build())));
        }

        ServerKind kind() {
            return client.dialect().server();
        }

        /** The same with a {@code connect} with an id of its own among the others. */
        Server includingOwnId() {
            return withOwnId.isEmpty()
                    ? this
                    : new Server(
                            client,
                            aboutBackend,
                            Stream.concat(others.stream(), withOwnId.stream().limit(1))
                                    .toList(),
                            Stream.concat(once.stream(), withOwnId.stream().skip(1))
                                    .toList(),
                            List.of());
        }
    }

    /** What comes of an answer. */
    private record Outcome(String exception, String repeatable, String withoutKey, String stream) {

        static Outcome of(Server server, Answer answer) {
            AnsweredClient client = server.client.answering(answer);
            AnsweredClient.Outcome aboutBackend = same(client, server.aboutBackend);
            AnsweredClient.Outcome others = same(client, server.others);
            AnsweredClient.Outcome once = same(client, server.once);
            AnsweredClient.Outcome stream = client.stream(BACKEND);
            assertThat(others.goesOn())
                    .as("%s to calls about no backend", answer)
                    .isEqualTo(aboutBackend.goesOn());
            assertThat(once.exception()).as("%s to what is sent once", answer).isEqualTo(others.exception());
            assertThat(stream.exception())
                    .as("%s to a stream", answer)
                    .isEqualTo(stream.goesOn() ? "" : aboutBackend.exception());
            return new Outcome(
                    aboutBackend.exception().equals(others.exception())
                            ? "`" + others.exception() + "`"
                            : "`" + aboutBackend.exception() + "`, about no backend `" + others.exception() + "`",
                    retried(aboutBackend),
                    retried(once),
                    reconnects(stream));
        }

        String row(String answer, String from) {
            return "| " + String.join(" | ", answer, from, exception, repeatable, withoutKey, stream) + " |";
        }
    }

    @Test
    void thePageSaysWhatComesOfEachAnswer() throws IOException {
        List<String> rows = new ArrayList<>();
        rows.addAll(statuses());
        rows.addAll(formsOf404());
        rows.addAll(kinds());
        rows.add(ofKind(
                        "NotFound",
                        IntStream.of(STATUSES).filter(status -> status != 404).toArray())
                .row("any status but 404, `NotFound`", "all"));
        rows.add(ownIdInUse());

        assertThat(onPage("| Answer |")).isEqualTo(String.join("\n", rows));
    }

    @Test
    void thePageSaysWhatComesOfNoAnswer() throws IOException {
        String rows = Stream.of(
                        noAnswer("no connection", new ConnectException("Connection refused")),
                        noAnswer("the connection broke", new EOFException()),
                        noAnswer(
                                "nothing within the read timeout",
                                new SocketTimeoutException("Read timed out"),
                                new HttpTimeoutException("request timed out")),
                        noAnswer(
                                "a certificate that is not trusted",
                                new SSLHandshakeException("PKIX path building failed")),
                        noAnswer("a proxy refuses the tunnel: 403, 407", tunnel(403), tunnel(407)),
                        noAnswer("a proxy refuses the tunnel: 502, 503, 504", tunnel(502), tunnel(503), tunnel(504)))
                .collect(joining("\n"));

        assertThat(onPage("| No answer |")).isEqualTo(rows);
    }

    /** Every status by itself; what most have in common is the last row. */
    private List<String> statuses() {
        Map<Outcome, List<Integer>> byOutcome = IntStream.rangeClosed(300, 599)
                .filter(status -> status != 404)
                .boxed()
                .collect(groupingBy(this::onAllServers, LinkedHashMap::new, toList()));
        List<Integer> most = byOutcome.values().stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElseThrow();
        List<String> rows = new ArrayList<>();
        byOutcome.forEach((outcome, statuses) -> {
            if (!statuses.equals(most)) {
                rows.add(outcome.row(ranges(statuses), "all"));
            }
        });
        rows.add(onAllServers(503, Map.of("retry-after", "1")).row("503 with `Retry-After`", "all"));
        rows.add(onAllServers(408, Map.of("connection", "close")).row("408 with `Connection: close`", "all"));
        rows.add(onAllServers(most.get(0)).row("any other, redirects included", "all"));
        return rows;
    }

    /** Without a body and with an error of the server's own, of a kind that says no more than the status. */
    private Outcome onAllServers(int status) {
        return onAllServers(status, Map.of());
    }

    private Outcome onAllServers(int status, Map<String, String> headers) {
        return single(servers.stream().map(Server::includingOwnId).flatMap(server -> {
            String own = body(server.kind(), "Other");
            return Stream.of("", own).map(body -> Outcome.of(server, new Answer(status, headers, body)));
        }));
    }

    /** A kind of Plane's, which decides whatever the status is, as Plane has it and as the others pass it on. */
    private Outcome ofKind(String kind) {
        return ofKind(kind, STATUSES);
    }

    private Outcome ofKind(String kind, int... statuses) {
        return single(servers.stream()
                .map(server -> kind.equals(ID_IN_USE) ? server : server.includingOwnId())
                .flatMap(server -> IntStream.of(statuses)
                        .mapToObj(status ->
                                Outcome.of(server, new Answer(status, Map.of(), body(server.kind(), kind))))));
    }

    private static String body(ServerKind server, String kind) {
        String bare = "{\"kind\":\"" + kind + "\"}";
        return switch (server) {
            case API -> "{\"error\":{\"code\":\"" + kind + "\"}}";
            case DEV_SERVER -> "HTTPError: no - " + bare;
            case PLANE -> bare;
        };
    }

    /** Of a {@code connect} alone; no stream is answered so. */
    private String ownIdInUse() {
        Server plane = servers.get(servers.size() - 1);
        AnsweredClient.Outcome outcome = single(IntStream.of(STATUSES)
                .mapToObj(status -> new Answer(status, Map.of(), body(ServerKind.PLANE, ID_IN_USE)))
                .map(answer -> same(plane.client.answering(answer), plane.withOwnId)));
        return new Outcome("`" + outcome.exception() + "`", retried(outcome), retried(outcome), "–")
                .row("any status, `" + ID_IN_USE + "` to a `connect` with an id of its own", "Plane");
    }

    private static <T> T single(Stream<T> values) {
        List<T> distinct = values.distinct().toList();
        assertThat(distinct).hasSize(1);
        return distinct.get(0);
    }

    /** What comes of all these calls. */
    private static AnsweredClient.Outcome same(AnsweredClient client, List<Call> calls) {
        Map<AnsweredClient.Outcome, List<Call>> found = calls.stream().collect(groupingBy(client::call));
        assertThat(found).as("calls to %s", client.dialect().server()).hasSize(1);
        return found.keySet().iterator().next();
    }

    private List<String> formsOf404() {
        List<String> rows = new ArrayList<>();
        FORMS.forEach(
                (form, body) -> byServer(server -> Outcome.of(server.includingOwnId(), new Answer(404, Map.of(), body)))
                        .forEach((outcome, from) -> rows.add(outcome.row("404, " + form, from))));
        return rows;
    }

    private List<String> kinds() {
        return KINDS.stream()
                .collect(groupingBy(
                        this::ofKind,
                        LinkedHashMap::new,
                        collectingAndThen(toList(), kinds -> "`" + String.join("`, `", kinds) + "`")))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().row("any status, " + entry.getValue(), "all"))
                .toList();
    }

    private Map<Outcome, String> byServer(Function<Server, Outcome> outcome) {
        return servers.stream()
                .collect(groupingBy(
                        outcome,
                        LinkedHashMap::new,
                        collectingAndThen(
                                toList(),
                                some -> some.size() == servers.size()
                                        ? "all"
                                        : some.stream()
                                                .map(server -> label(server.kind()))
                                                .collect(joining(", ")))));
    }

    private static String label(ServerKind server) {
        return switch (server) {
            case API -> "API";
            case DEV_SERVER -> "development server";
            case PLANE -> "Plane";
        };
    }

    private String noAnswer(String what, IOException... failures) {
        return single(servers.stream().map(Server::includingOwnId).flatMap(server -> Arrays.stream(failures)
                .map(failure -> noAnswer(what, server, server.client.failing(failure)))));
    }

    private static String noAnswer(String what, Server server, AnsweredClient client) {
        AnsweredClient.Outcome repeatable = same(
                client,
                Stream.concat(server.aboutBackend.stream(), server.others.stream())
                        .toList());
        AnsweredClient.Outcome once = same(client, server.once);
        AnsweredClient.Outcome stream = client.stream(BACKEND);
        assertThat(once.exception()).as(what).isEqualTo(repeatable.exception());
        assertThat(stream.exception()).as(what).isEqualTo(stream.goesOn() ? "" : repeatable.exception());
        return "| "
                + String.join(
                        " | ",
                        what,
                        "`" + repeatable.exception() + "`",
                        retried(repeatable),
                        retried(once),
                        reconnects(stream))
                + " |";
    }

    /** As the JDK's client tells it. */
    private static IOException tunnel(int status) {
        return new IOException("Tunnel failed, got: " + status);
    }

    private static String retried(AnsweredClient.Outcome call) {
        return call.goesOn() ? "retried" : "no";
    }

    private static String reconnects(AnsweredClient.Outcome stream) {
        return stream.goesOn() ? "reconnects" : "ends";
    }

    private static String ranges(List<Integer> statuses) {
        List<String> ranges = new ArrayList<>();
        for (int first = 0; first < statuses.size(); ) {
            int last = first;
            while (last + 1 < statuses.size() && statuses.get(last + 1) == statuses.get(last) + 1) {
                last++;
            }
            ranges.add(last == first ? "" + statuses.get(first) : statuses.get(first) + " to " + statuses.get(last));
            first = last + 1;
        }
        return String.join(", ", ranges);
    }

    /** The rows below the head that begins like this. */
    private static String onPage(String head) throws IOException {
        return Files.readAllLines(Path.of("docs/errors.md")).stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .collect(joining("\n"));
    }
}
