package com.jamsocket.internal.client;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.JamsocketException;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.http.Credentials;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Refusal;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** docs/errors.md says of every answer, and of none at all, what comes of it. */
class RefusalTableTest {

    private static final Call REPEATABLE = new Call("GET", "status", null, false, "b1", true);
    private static final Call CONNECT_WITHOUT_KEY = new Call("POST", "connect", "{}", true, null, false);

    private static final List<String> KINDS = List.of(
            "KeyHeld",
            "KeyUnheldNoSpawnConfig",
            "NoClusterProvided",
            "InvalidClusterName",
            "FailedToAcquireKey",
            "FailedToRemoveKey",
            "KeyHeldUnhealthy",
            "NoDroneAvailable");

    /** Bodies of a 404, by what they are called on the page. */
    private static final Map<String, String> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("JSON with `error`", "{\"error\":{\"message\":\"no such backend\",\"code\":\"NotFound\"}}");
        FORMS.put("JSON with `kind`", "{\"id\":\"i\",\"kind\":\"NotFound\",\"message\":\"no such backend\"}");
        FORMS.put("no body", "");
        FORMS.put("anything else", "404 page not found");
    }

    /** What comes of an answer. */
    private record Outcome(String exception, String repeatable, String withoutKey, String stream) {

        static Outcome of(ServerKind server, int status, Map<String, String> headers, String body) {
            Function<Call, JamsocketException> refusal = call -> Refusal.of(
                    server, call, new Reply(status, headers, body.getBytes(StandardCharsets.UTF_8)), Instant.EPOCH);
            JamsocketException failure = refusal.apply(REPEATABLE);
            return new Outcome(
                    name(failure),
                    retried(REPEATABLE, failure),
                    retried(CONNECT_WITHOUT_KEY, refusal.apply(CONNECT_WITHOUT_KEY)),
                    failure.isRetryable() ? "reconnects" : "ends");
        }

        static Outcome of(ServerKind server, int status) {
            return of(server, status, Map.of(), "");
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

        assertThat(onPage("| Answer |")).isEqualTo(String.join("\n", rows));
    }

    @Test
    void thePageSaysWhatComesOfNoAnswer() throws IOException {
        String rows = Stream.of(
                        noAnswer("no connection", new ConnectException("Connection refused")),
                        noAnswer("the connection broke", new EOFException()),
                        noAnswer("nothing within the read timeout", new SocketTimeoutException("Read timed out")),
                        noAnswer(
                                "a certificate that is not trusted",
                                new SSLHandshakeException("PKIX path building failed")),
                        noAnswer("a proxy refuses the tunnel: 403, 407", tunnel(403), tunnel(407)),
                        noAnswer("a proxy refuses the tunnel: 502, 503, 504", tunnel(502), tunnel(503), tunnel(504)))
                .collect(joining("\n"));

        assertThat(onPage("| No answer |")).isEqualTo(rows);
    }

    /** Every status by itself; what most have in common is the last row. */
    private static List<String> statuses() {
        Map<Outcome, List<Integer>> byOutcome = IntStream.rangeClosed(300, 599)
                .filter(status -> status != 404)
                .boxed()
                .collect(groupingBy(RefusalTableTest::onAllServers, LinkedHashMap::new, toList()));
        List<Integer> most = byOutcome.values().stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElseThrow();
        List<String> rows = new ArrayList<>();
        byOutcome.forEach((outcome, statuses) -> {
            if (!statuses.equals(most)) {
                rows.add(outcome.row(ranges(statuses), "all"));
            }
        });
        rows.add(Outcome.of(ServerKind.PLANE, 503, Map.of("retry-after", "1"), "")
                .row("503 with `Retry-After`", "all"));
        rows.add(Outcome.of(ServerKind.PLANE, 408, Map.of("connection", "close"), "")
                .row("408 with `Connection: close`", "all"));
        rows.add(onAllServers(most.get(0)).row("any other, redirects included", "all"));
        return rows;
    }

    private static Outcome onAllServers(int status) {
        return single(Arrays.stream(ServerKind.values()).map(server -> Outcome.of(server, status)));
    }

    /** A kind of Plane's, which decides whatever the status is, as Plane has it and as the others pass it on. */
    private static Outcome ofKind(String kind) {
        String bare = "{\"kind\":\"" + kind + "\"}";
        return single(IntStream.of(400, 409, 500)
                .boxed()
                .flatMap(status -> Stream.of(
                        Outcome.of(ServerKind.PLANE, status, Map.of(), bare),
                        Outcome.of(ServerKind.DEV_SERVER, status, Map.of(), "HTTPError: no - " + bare),
                        Outcome.of(ServerKind.API, status, Map.of(), "{\"error\":{\"code\":\"" + kind + "\"}}"))));
    }

    private static <T> T single(Stream<T> values) {
        List<T> distinct = values.distinct().toList();
        assertThat(distinct).hasSize(1);
        return distinct.get(0);
    }

    private static List<String> formsOf404() {
        List<String> rows = new ArrayList<>();
        FORMS.forEach((form, body) -> byServer(server -> Outcome.of(server, 404, Map.of(), body))
                .forEach((outcome, servers) -> rows.add(outcome.row("404, " + form, servers))));
        return rows;
    }

    private static List<String> kinds() {
        return KINDS.stream()
                .collect(groupingBy(
                        RefusalTableTest::ofKind,
                        LinkedHashMap::new,
                        collectingAndThen(toList(), kinds -> "`" + String.join("`, `", kinds) + "`")))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().row("any status, " + entry.getValue(), "all"))
                .toList();
    }

    private static Map<Outcome, String> byServer(Function<ServerKind, Outcome> outcome) {
        return Arrays.stream(ServerKind.values())
                .collect(groupingBy(
                        outcome,
                        LinkedHashMap::new,
                        collectingAndThen(
                                toList(),
                                servers -> servers.size() == ServerKind.values().length
                                        ? "all"
                                        : servers.stream()
                                                .map(RefusalTableTest::label)
                                                .collect(joining(", ")))));
    }

    private static String label(ServerKind server) {
        return switch (server) {
            case API -> "API";
            case DEV_SERVER -> "development server";
            case PLANE -> "Plane";
        };
    }

    private static String noAnswer(String what, IOException... failures) {
        HttpSettings settings = new HttpSettings(
                URI.create("https://localhost/"),
                Credentials.of(null, Map.of()),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                null,
                List.of());
        return single(Arrays.stream(failures).map(failure -> {
            JamsocketException exception = NoAnswer.to(REPEATABLE, settings, failure);
            return "| "
                    + String.join(
                            " | ",
                            what,
                            name(exception),
                            retried(REPEATABLE, exception),
                            retried(CONNECT_WITHOUT_KEY, exception))
                    + " |";
        }));
    }

    private static IOException tunnel(int status) {
        return new IOException("Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 " + status + " No\"");
    }

    /** Whether a failed call is made again, by making it. */
    private static String retried(Call call, JamsocketException failure) {
        ManualTicker ticker = new ManualTicker();
        AtomicInteger attempts = new AtomicInteger();
        var result = new Retries(Duration.ofSeconds(5), ticker).start(call, () -> {
            attempts.incrementAndGet();
            return CompletableFuture.failedStage(failure);
        });
        ticker.advance(Duration.ofSeconds(10));
        assertThat(result).isCompletedExceptionally();
        return attempts.get() > 1 ? "retried" : "no";
    }

    private static String name(JamsocketException failure) {
        return "`" + failure.getClass().getSimpleName() + "`";
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
