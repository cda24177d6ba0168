package com.jamsocket.internal.sse;

import static com.jamsocket.internal.sse.ScriptedServer.answer;
import static com.jamsocket.internal.sse.ScriptedServer.stream;
import static com.jamsocket.testkit.Eventually.afterCollection;
import static com.jamsocket.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.sse.ScriptedServer.Script;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class HttpEventSourceTest {
    @RegisterExtension
    final Sources sources = new Sources();

    private final Recorder recorder = new Recorder();
    private final List<Reconnection> reconnections = Collections.synchronizedList(new ArrayList<>());
    private final SeenTurn turn = new SeenTurn();
    private ScriptedServer server;
    private HttpEventSource source;

    private record Reconnection(int attempt, Duration delay, Throwable cause) {}

    private static final class SeenTurn implements Admission.Turn {

        final AtomicInteger answers = new AtomicInteger();
        final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        volatile boolean closed;

        @Override
        public void concluded(Throwable failure) {
            if (failure == null) {
                answers.incrementAndGet();
            } else {
                failures.add(failure);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @AfterEach
    void end() throws IOException {
        if (source != null) {
            source.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void isOpenFromOpeningToItsEndAndOpensOnce() throws Exception {
        source = build(serve(stream(), ScriptedServer.raw().send("HTTP/1.1 204 No Content\r\n\r\n")));
        assertThat(source.isOpen()).isFalse();
        source.open();
        assertThat(source.isOpen()).isTrue();
        assertThatThrownBy(source::open).isInstanceOf(IllegalStateException.class);
        recorder.awaitCompletion();
        assertThat(source.isOpen()).isFalse();
        assertThatThrownBy(source::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsAStreamThatComesByteByByte() throws Exception {
        open(serve(stream()
                .trickle("\uFEFF: hi\r\ndata: é\r\ndata: 😀\r\n\r\nid: 1\ndata: two\n\n")
                .awaitFin()));
        recorder.awaitData("é\n😀", "two");
    }

    @Test
    void readsAChunkedStreamAndReconnectsWhenItBreaksOff() throws Exception {
        open(serve(
                ScriptedServer.raw()
                        .send("HTTP/1.1 200 OK\r\nContent-Type: "
                                + "text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .send("9\r\ndata: a\n\n\r\n"),
                stream().send("data: b\n\n").awaitFin()));
        recorder.awaitData("a", "b");
        assertThat(reconnections.get(0).cause()).isInstanceOf(IOException.class);
    }

    @Test
    void givesEventsToAllConsumersEvenIfOneThrows() throws Exception {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        source = serve(stream().send("event:e\ndata:a\n\n").awaitFin()).build();
        source.register(event -> names.add(event.getName()));
        source.register(
                event -> {
                    throw new AssertionError("thrown by a test");
                },
                error -> {});
        recorder.on(source);
        source.open();
        recorder.awaitData("a");
        assertThat(names).containsExactly("e");
    }

    @Test
    void tellsEachReconnectionItsAttemptDelayAndCause() throws Exception {
        open(serve(stream(), answer("500 Oops", ""), stream().send("data:a\n\n").awaitFin())
                .backoff(sources.backoff.withJitter(0)));
        recorder.awaitData("a");
        assertThat(reconnections).extracting(Reconnection::attempt).containsExactly(1, 2);
        assertThat(reconnections)
                .extracting(Reconnection::delay)
                .containsExactly(Duration.ofMillis(10), Duration.ofMillis(20));
        assertThat(reconnections.get(0).cause()).as("an end in good order").isNull();
        assertThat(reconnections.get(1).cause()).isInstanceOf(HandshakeException.class);
    }

    @Test
    void honoursTheUnitOfTheReconnectDelay() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        open(serve(stream()).reconnectingEvery(2, TimeUnit.HOURS).onReconnecting((attempt, delay, cause) -> {
            reconnections.add(new Reconnection(attempt, delay, cause));
            told.countDown();
        }));
        told.await();
        assertThat(reconnections.get(0).delay()).isBetween(Duration.ofHours(2), Duration.ofHours(3));
    }

    @Test
    void startsTheBackoffAfreshOnlyWhenToldOfProgress() throws Exception {
        recorder.doing(event -> {
            if (event.equals("new")) {
                source.progressed();
            }
        });
        open(serve(
                        stream().send("data:old\n\n"),
                        stream().send("data:old\n\n"),
                        stream().send("data:new\n\n"),
                        stream().send("data:old\n\n"),
                        stream().send("data:last\n\n").awaitFin())
                .backoff(sources.backoff.withCap(Duration.ofMinutes(1))));
        recorder.awaitEvent("last");
        assertThat(reconnections).extracting(Reconnection::attempt).containsExactly(1, 2, 1, 2);
    }

    @Test
    void startsTheBackoffAfreshAfterAConnectionThatStoodForLongerThanTheCap() throws Exception {
        PassingTicker ticker = new PassingTicker(sources.ticker);
        recorder.doing(event -> {
            if (event.equals("stands")) {
                ticker.pass(Duration.ofSeconds(31));
            }
        });
        open(serve(
                        stream().send("data:old\n\n"),
                        stream().send("data:old\n\n"),
                        stream().send("data:stands\n\n"),
                        answer("500 Oops", ""),
                        stream().send("data:old\n\n"),
                        stream().send("data:last\n\n").awaitFin())
                .ticker(ticker)
                .backoff(Backoff.exponential(ticker).withInitialDelay(Duration.ofMillis(10))));
        recorder.awaitEvent("last");
        assertThat(reconnections).extracting(Reconnection::attempt).containsExactly(1, 2, 1, 2, 3);
    }

    /** The time of another ticker, and what has passed besides. */
    private static final class PassingTicker implements Ticker {
        private final Ticker ticker;
        private final AtomicLong passed = new AtomicLong();

        PassingTicker(Ticker ticker) {
            this.ticker = ticker;
        }

        void pass(Duration time) {
            passed.addAndGet(time.toNanos());
        }

        @Override
        public Instant now() {
            return ticker.now();
        }

        @Override
        public long nanoTime() {
            return ticker.nanoTime() + passed.get();
        }

        @Override
        public RandomGenerator random() {
            return ticker.random();
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            return ticker.after(delay, task);
        }
    }

    @Test
    void takesTheServersRetryForTheLeastDelay() throws Exception {
        open(serve(
                stream().send("retry:60\n\n"),
                stream(),
                stream().send("data:a\n\n").awaitFin()));
        recorder.awaitData("a");
        assertThat(reconnections).extracting(Reconnection::delay).allSatisfy(delay -> assertThat(delay)
                .isBetween(Duration.ofMillis(60), Duration.ofMillis(90)));
    }

    @Test
    void doesNotWaitForDaysBecauseAServerSaysSo() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        open(serve(stream().send("retry:99999999999999999999\n\n")).onReconnecting((attempt, delay, cause) -> {
            reconnections.add(new Reconnection(attempt, delay, cause));
            told.countDown();
        }));
        told.await();
        assertThat(reconnections.get(0).delay()).isLessThan(Duration.ofMinutes(8));
    }

    @Test
    void honoursRetryAfterAsADateAndOnlyOnce() throws Exception {
        open(serve(
                        answer("429 Too Many Requests", "", "Retry-After: Sun, 01 Nov 2026 10:00:01 GMT"),
                        answer("503 Busy", "", "Retry-After: nonsense"),
                        stream().send("data:a\n\n").awaitFin())
                .backoff(sources.backoff.withJitter(0)));
        recorder.awaitData("a");
        assertThat(reconnections)
                .extracting(Reconnection::delay)
                .containsExactly(Duration.ofSeconds(1), Duration.ofMillis(20));
    }

    @Test
    void endsAtTheLimitOfAttemptsWithTheLastFailure() throws Exception {
        open(serve(answer("500 Oops", "broken")).backoff(sources.backoff.withMaxAttempts(2)));
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("error", "complete");
        assertThat(recorder.onlyError())
                .isInstanceOf(ReconnectLimitException.class)
                .hasCauseInstanceOf(HandshakeException.class);
        assertThat(server.allRequests()).hasSize(3);
    }

    @Test
    void endsAtTheLimitAlsoWhenTheServerEndedInGoodOrder() throws Exception {
        open(serve(stream()).backoff(sources.backoff.withMaxAttempts(0)));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).hasCauseInstanceOf(EOFException.class);
    }

    @Test
    void endsAtTheLimitWhenTheServerCannotBeReached() throws Exception {
        source = build(serve(stream()).backoff(sources.backoff.withMaxTime(Duration.ofMillis(60))));
        server.goDown();
        source.open();
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isInstanceOf(ReconnectLimitException.class);
        assertThat(recorder.onlyError().getCause()).isInstanceOf(IOException.class);
    }

    @Test
    void asksToBeAdmittedBeforeEachConnection() throws Exception {
        Queue<Boolean> asked = new ConcurrentLinkedQueue<>();
        open(serve(stream(), stream(), stream().send("data:a\n\n").awaitFin()).admission(lost -> {
            asked.add(lost);
            return CompletableFuture.supplyAsync(() -> turn);
        }));
        recorder.awaitData("a");
        assertThat(asked).containsExactly(false, true, true);
        assertThat(turn.answers).hasValue(3);
        assertThat(turn.closed).isTrue();
    }

    @Test
    void givesItsTurnBackWithTheHeadOfTheStream() throws Exception {
        open(serve(stream().awaitFin()).admission(lost -> CompletableFuture.completedFuture(turn)));
        eventually("the head is there", () -> turn.closed);
        assertThat(source.isOpen()).isTrue();
        assertThat(turn.answers).hasValue(1);
    }

    @Test
    void tellsItsTurnThatThereWasNoAnswer() throws Exception {
        source = build(serve(stream())
                .backoff(sources.backoff.withMaxAttempts(0))
                .admission(lost -> CompletableFuture.completedFuture(turn)));
        server.goDown();
        source.open();
        recorder.awaitCompletion();
        assertThat(turn.failures).singleElement().isInstanceOf(ConnectException.class);
        assertThat(turn.closed).isTrue();
    }

    @Test
    void countsARefusedAdmissionAsALostConnection() throws Exception {
        IOException down = new IOException("the server is down");
        Queue<Boolean> asked = new ConcurrentLinkedQueue<>();
        open(serve(stream().send("data:a\n\n").awaitFin()).admission(lost -> {
            asked.add(lost);
            return asked.size() < 3 ? CompletableFuture.failedFuture(down) : Admission.FREE.admit(lost);
        }));
        recorder.awaitData("a");
        assertThat(reconnections).hasSize(2);
        assertThat(server.allRequests()).hasSize(1);
    }

    @Test
    void doesNotWaitWhenThereIsReasonToHurry() throws Exception {
        open(serve(stream(), stream().send("data:a\n\n").awaitFin())
                .backoff(sources.backoff.withInitialDelay(Duration.ofHours(1))));
        eventually("it waits", () -> reconnections.size() == 1);
        source.hurry();
        recorder.awaitData("a");
    }

    @Test
    void waitsForAsLongAsTheServerHasAskedFor() throws Exception {
        Queue<Boolean> asked = new ConcurrentLinkedQueue<>();
        open(serve(
                        stream().send("retry: 3600000\n\n"),
                        stream().send("data:a\n\n").awaitFin())
                .admission(lost -> {
                    asked.add(lost);
                    return Admission.FREE.admit(lost);
                }));
        eventually("it waits", () -> reconnections.size() == 1);
        source.hurry();
        // It does not wait for that, and comes after what was asked for before.
        source.replay();
        recorder.awaitData("a");
        assertThat(asked).containsExactly(false, false);
    }

    @Test
    void endsOnAnErrorThatNobodyCanHandle() throws Exception {
        NoClassDefFoundError broken = new NoClassDefFoundError("the application was replaced");
        open(serve(stream()).admission(lost -> {
            if (lost) {
                throw broken;
            }
            return Admission.FREE.admit(false);
        }));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isSameAs(broken);
    }

    @Test
    void reconnectsWhenTheConnectionIsNotTrusted() throws Exception {
        IOException doubt = new IOException("the status is another");
        open(serve(
                stream().send("id:1\ndata:a\n\n").awaitFin(),
                stream().send("data:b\n\n").awaitFin()));
        recorder.awaitData("a");
        source.reconnect(doubt);
        source.reconnect(new IOException("again, which changes nothing"));
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitData("a", "b");
        server.nextRequest();
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("1");
        assertThat(reconnections).extracting(Reconnection::cause).containsExactly(doubt);
    }

    @Test
    void tellsWhatItHasReceivedBeforeItReconnects() throws Exception {
        recorder.doing(event -> {
            if (event.equals("a")) {
                source.reconnect(new IOException("from the callback"));
            }
        });
        open(serve(
                stream().send("id:1\ndata:a\n\nid:2\ndata:b\n\n").awaitFin(),
                stream().send("id:3\ndata:c\n\n").awaitFin()));
        recorder.awaitData("a", "b", "c");
        server.nextRequest();
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("2");
    }

    @Test
    void leavesAloneASilentServerThatSendsNoKeepalives() throws Exception {
        ManualTicker timer = new ManualTicker();
        open(serve(stream().send("data:a\n\n").awaitFin()).ticker(timer));
        recorder.awaitData("a");
        timer.advance(Duration.ofDays(1));
        assertThat(timer.waiting()).isZero();
        assertThat(source.keepaliveSeen()).isFalse();
        assertThat(reconnections).isEmpty();
    }

    @Test
    void watchesForSilenceFromTheStartOnceAKeepaliveWasSeen() throws Exception {
        open(serve(
                stream().send(":\n\n"),
                ScriptedServer.raw().awaitFin(),
                stream().send("data:a\n\n").awaitFin()));
        // It may come again: the stream falls silent after it.
        recorder.awaitEvent("a");
        assertThat(source.keepaliveSeen()).isTrue();
        assertThat(reconnections.get(1).cause()).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void doesNotTakeASlowCallbackForSilence() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ManualTicker timer = new ManualTicker();
        recorder.doing(event -> {
            entered.countDown();
            join(go);
        });
        open(serve(stream().send(":\n\ndata:a\n\ndata:b\n\n").awaitFin()).ticker(timer));
        entered.await();
        timer.advance(Duration.ofHours(1));
        go.countDown();
        recorder.awaitData("a", "b");
        assertThat(reconnections).isEmpty();
    }

    @Test
    void holdsTheServerBackWhileACallbackRuns() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch flooded = new CountDownLatch(1);
        byte[] block = ("data:" + "x".repeat(10_000) + "\n\n").getBytes(US_ASCII);
        recorder.doing(event -> join(go));
        open(serve(stream().flood(block, 5_000).then((socket, self) -> flooded.countDown())));
        recorder.awaitEvent("x".repeat(10_000));
        assertThat(flooded.await(200, TimeUnit.MILLISECONDS))
                .as("50 MB were sent")
                .isFalse();
        go.countDown();
        assertThat(flooded.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsOnALineWithoutEndInBoundedMemory() throws Exception {
        byte[] block = "x".repeat(1 << 20).getBytes(US_ASCII);
        open(serve(stream().send("data:a\n\n").flood(block, 100)));
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("a", "error", "complete");
        assertThat(recorder.onlyError()).isInstanceOf(EventTooLongException.class);
        assertThat(server.allRequests()).hasSize(1);
    }

    @Test
    void endsOnAnEventOverAGivenLimit() throws Exception {
        open(serve(stream().send("data:1234567890\n\n").awaitFin()).maxEventLength(10));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isInstanceOf(EventTooLongException.class);
        assertThat(server.seesFinWithin(20_000)).isTrue();
    }

    @Test
    void servesManySourcesOnOneThread() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        List<HttpEventSource> many = new ArrayList<>();
        try {
            server = ScriptedServer.playing(stream().send("data:a\n\n").awaitFin());
            CountDownLatch received = new CountDownLatch(50);
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            for (int i = 0; i < 50; i++) {
                HttpEventSource each = sources.of(server.uri()).executor(one).build();
                each.register(event -> received.countDown());
                each.open();
                many.add(each);
            }
            assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            started.removeIf(thread -> thread.getName().startsWith("scripted-"));
            // One for callbacks, two and a selector for the network, one for the timer.
            assertThat(started).hasSizeLessThanOrEqualTo(5);
        } finally {
            many.forEach(HttpEventSource::close);
            one.shutdown();
        }
        assertThat(one.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void holdsNothingOfItsClientOnceClosed() throws Exception {
        ManualTicker timer = new ManualTicker();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        WeakReference<HttpClient> client = openAndClose(timer);
        // A client that nobody refers to is collected, and its selector thread ends some seconds later.
        Set<Thread> selectors = new HashSet<>(Thread.getAllStackTraces().keySet());
        selectors.removeAll(before);
        selectors.removeIf(thread -> !thread.getName().startsWith("HttpClient-"));
        assertThat(selectors).isNotEmpty();
        afterCollection("the client is collected", () -> client.get() == null);
        afterCollection("its threads end", () -> selectors.stream().noneMatch(Thread::isAlive));
        assertThat(timer.waiting()).isZero();
    }

    private WeakReference<HttpClient> openAndClose(ManualTicker timer) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpEventSource opened = serve(stream().send(":\n\ndata:a\n\n").awaitFin())
                .httpClient(client)
                .ticker(timer)
                .build();
        recorder.on(opened);
        opened.open();
        recorder.awaitData("a");
        opened.close();
        recorder.awaitCompletion();
        return new WeakReference<>(client);
    }

    @Test
    void refusesWhatItCannotWorkWith() {
        HttpEventSource.Builder builder = serve(stream());
        HttpEventSource built = builder.build();
        assertThatThrownBy(() -> built.register(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> built.register(event -> {}, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> built.register(event -> {}, error -> {}, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.silenceLimit(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxEventLength(0)).isInstanceOf(IllegalArgumentException.class);
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> builder.httpClient(following)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpEventSource.newBuilder(sources.client.target(server.uri()))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("httpClient");
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpEventSource.Builder serve(Script... scripts) {
        server = ScriptedServer.playing(scripts);
        return sources.of(server.uri())
                .onReconnecting((attempt, delay, cause) -> reconnections.add(new Reconnection(attempt, delay, cause)));
    }

    private HttpEventSource build(HttpEventSource.Builder builder) {
        source = builder.build();
        recorder.on(source);
        return source;
    }

    private void open(HttpEventSource.Builder builder) {
        build(builder).open();
    }
}
