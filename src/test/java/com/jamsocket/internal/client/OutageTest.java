package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.jamsocket.BulkheadFullException;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.TerminationKind;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.Promptness;
import com.jamsocket.testkit.ReservedPort;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outage of the server does not take the threads of an application along, and no call outlives its time. */
class OutageTest {

    private static final int CALLERS = 40;
    private static final int MAY_WAIT = 8;
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final ConnectRequest KEYED =
            ConnectRequest.builder().key("room").build();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();

    /** Loads classes: a first call may take a second by that, which looks like a server that does not answer. */
    @BeforeAll
    static void warmUp() throws Exception {
        try (SilentServer server = new SilentServer();
                Jamsocket jamsocket = builder(server.uri()).build()) {
            server.answer();
            jamsocket.status("b1");
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(0, resource);
        return resource;
    }

    private static Jamsocket.Builder builder(URI server) {
        return Jamsocket.builder().apiUrl(server).account("acme").token("tok").service("docs");
    }

    private static Jamsocket.Builder counting(AtomicInteger retries, Jamsocket.Builder builder) {
        return ((ClientBuilder) builder).hooks(new Hooks() {
            @Override
            public Calling calling(String operation) {
                return new Calling() {
                    @Override
                    public void retried() {
                        retries.incrementAndGet();
                    }
                };
            }
        });
    }

    @Test
    void ofManyCallersOfASilentServerOnlySomeWait() throws Exception {
        SilentServer server = open(new SilentServer());
        Jamsocket jamsocket = open(builder(server.uri()).build());
        call(CALLERS, () -> jamsocket.connect(KEYED));

        eventually("the others are let go", () -> failures.size() == CALLERS - MAY_WAIT);
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure).isInstanceOfSatisfying(BulkheadFullException.class, full -> {
                    assertThat(full).hasMessageContaining("8 calls wait").hasMessageContaining("connect");
                    assertThat(full.isRetryable()).isTrue();
                }));
        // One of two may see whether the server is back.
        Promptness.fastestIsWithin(
                AT_ONCE,
                () -> Promptness.of(() -> CompletableFuture.anyOf(refused(jamsocket), refused(jamsocket))
                        .join()));
        eventually("those that wait are left", () -> waiting() == MAY_WAIT);
    }

    private static CompletableFuture<Void> refused(Jamsocket jamsocket) {
        return CompletableFuture.runAsync(
                () -> assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> jamsocket.status("b1")));
    }

    @Test
    void callersOfAServerThatFallsSilentAreLetGo() throws Exception {
        SilentServer server = open(new SilentServer());
        server.answer();
        Jamsocket jamsocket = open(builder(server.uri()).maxWaitingCalls(2).build());
        jamsocket.status("b1");
        server.fallSilent();
        call(CALLERS, () -> jamsocket.status("b1"));
        eventually("the others are let go", () -> failures.size() == CALLERS - 2);
        // A caller ends a moment after its failure is noted.
        eventually("those that wait are left", () -> waiting() == 2);
    }

    @Test
    void oneLineOfTheLogStandsForAllBackendsThatCannotBeFollowed() throws Exception {
        Jamsocket jamsocket = open(builder(open(new ReservedPort()).url()).build());
        try (LogRecorder log = new LogRecorder("com.jamsocket", Level.ALL)) {
            for (String id : List.of("b1", "b2", "b3")) {
                var unused = StatusFollower.of(jamsocket).follow(id, state -> {}, state -> {});
            }
            for (String id : List.of("b1", "b2", "b3")) {
                eventually("a line for " + id, () -> log.texts().stream().anyMatch(text -> text.contains(id)));
            }
            assertThat(log.warnings()).singleElement().satisfies(line -> {
                assertThat(line.getMessage()).contains("JAMSOCKET-201");
                assertThat(line.getThrown()).isNull();
            });
        }
    }

    @Test
    void whoBeginsWithoutAKeyIsLetGoToo() throws Exception {
        SilentServer server = open(new SilentServer());
        Jamsocket jamsocket = open(builder(server.uri()).build());
        call(CALLERS, jamsocket::connect);
        eventually("the others are let go", () -> failures.size() == CALLERS - MAY_WAIT);
        assertThat(failures).hasOnlyElementsOfType(BulkheadFullException.class).anyMatch(OutageTest::mayHaveBeenSent);
        // Who comes late on a busy machine is let go before a request is made.
        long unsent =
                failures.stream().filter(failure -> !mayHaveBeenSent(failure)).count();
        assertThat(server.requests.get() + unsent).isLessThanOrEqualTo(CALLERS);
    }

    private static boolean mayHaveBeenSent(Throwable failure) {
        return ((BulkheadFullException) failure).mayHaveBeenSent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callersOfAServerThatRefusesAreLetGo(boolean connections) throws Exception {
        URI server = connections
                ? open(new ReservedPort()).url()
                : open(new FakeApi().status(FakeApi.answer(503, "{}"))).url();
        AtomicInteger retries = new AtomicInteger();
        Jamsocket jamsocket = open(counting(retries, builder(server))
                .retryTime(Duration.ofHours(1))
                .callTimeout(Duration.ofHours(1))
                .build());
        // Whoever is let go knows of a failure, however slowly the first one comes.
        call(1, () -> jamsocket.status(FakeApi.ID));
        eventually("a failure is known", () -> retries.get() > 0);
        call(CALLERS - 1, () -> jamsocket.status(FakeApi.ID));

        eventually("the others are let go", () -> failures.size() == CALLERS - MAY_WAIT);
        assertThat(failures).allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(BulkheadFullException.class)
                .cause()
                // A connection that is used again may be lost, too, before the server says anything.
                .isInstanceOfAny(
                        JamsocketConnectionException.class,
                        connections ? JamsocketConnectionException.class : JamsocketApiException.class));
        callers.forEach(Thread::interrupt);
        eventually("the rest can be interrupted", () -> waiting() == 0);
    }

    @Test
    void aServerThatIsBackIsUsedAtOnce() throws Exception {
        SilentServer server = open(new SilentServer());
        Jamsocket jamsocket = open(builder(server.uri())
                .maxWaitingCalls(1)
                .readTimeout(Duration.ofSeconds(3))
                .retryTime(Duration.ofSeconds(30))
                .build());
        call(2, () -> jamsocket.status("b1"));
        eventually("one waits", () -> failures.size() == 1);
        server.answer();
        eventually("the other has its answer from another attempt", () -> waiting() == 0);
        assertThat(failures).hasSize(1);
        jamsocket.status("b1");
    }

    @Test
    void nonBlockingCallsDoNotCount() throws Exception {
        SilentServer server = open(new SilentServer());
        Jamsocket jamsocket = open(builder(server.uri()).build());
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(jamsocket.async().status("b1").toCompletableFuture());
        }
        eventually("all are sent", () -> server.requests.get() == CALLERS);
        call(1, () -> jamsocket.status("b1"));
        eventually("a blocking call is sent too", () -> server.requests.get() == CALLERS + 1);
        assertThat(calls).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aCallEndsInItsTimeWhateverCarriesIt() throws Exception {
        Duration time = Duration.ofMillis(300);
        SilentServer server = open(new SilentServer());
        Jamsocket jamsocket = open(builder(server.uri()).callTimeout(time).build());
        List<Runnable> calls = List.of(
                () -> jamsocket.status("b1"),
                () -> jamsocket.connect(KEYED),
                jamsocket::connect,
                () -> jamsocket.terminate("b1", TerminationKind.SOFT),
                () -> jamsocket.statusStream("b1", state -> {}),
                () -> join(jamsocket.async().status("b1")),
                () -> join(jamsocket.async().connect()),
                () -> join(jamsocket.async().statusStream("b1", state -> {})));
        for (Runnable call : calls) {
            assertThatExceptionOfType(JamsocketConnectionException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining("PT0.3S in all");
        }
    }

    /** The read timeout begins anew with each request: here the second one would last a second too long. */
    @ParameterizedTest
    @ValueSource(ints = {302, 401})
    void aCallEndsInItsTimeWhenAnotherRequestFollowsItsAnswer(int status) throws Exception {
        FakeApi server = open(new FakeApi());
        server.status(
                exchange -> {
                    Thread.sleep(2_000);
                    exchange.getResponseHeaders().set("Location", "/v2/backend/" + FakeApi.ID + "/status?again");
                    FakeApi.answer(status, "{}").play(exchange);
                },
                server.silence());
        Jamsocket jamsocket = open(builder(server.url())
                .header("x-supplied", () -> "text")
                .connectTimeout(Duration.ofSeconds(1))
                .readTimeout(Duration.ofSeconds(5))
                .callTimeout(Duration.ofSeconds(6))
                .retryTime(Duration.ZERO)
                .build());
        assertThatExceptionOfType(JamsocketConnectionException.class)
                .isThrownBy(() -> jamsocket.status(FakeApi.ID))
                .withMessageContaining("PT6S in all");
        assertThat(server.statusCalls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptAndCloseEndARequestThatFollowsAnAnswer(boolean interrupt) throws Exception {
        FakeApi server = open(new FakeApi());
        server.status(FakeApi.answer(401, "{}"), server.silence());
        Jamsocket jamsocket =
                open(builder(server.url()).header("x-supplied", () -> "text").build());
        call(1, () -> jamsocket.status(FakeApi.ID));
        eventually("it is asked again", () -> server.statusCalls.get() == 2);
        if (interrupt) {
            callers.get(0).interrupt();
        } else {
            jamsocket.close();
        }
        eventually("it is over, long before its read timeout", Duration.ofSeconds(15), () -> waiting() == 0);
        assertThat(failures)
                .singleElement()
                .isInstanceOf(interrupt ? JamsocketInterruptedException.class : IllegalStateException.class);
    }

    @Test
    void theTimeForRetriesIsCountedFromTheCall() throws Exception {
        SilentServer server = open(new SilentServer());
        AtomicInteger retries = new AtomicInteger();
        Jamsocket jamsocket = open(counting(retries, builder(server.uri()))
                .readTimeout(Duration.ofMillis(300))
                .retryTime(Duration.ofMillis(300))
                .build());
        assertThatExceptionOfType(JamsocketConnectionException.class).isThrownBy(() -> jamsocket.status("b1"));
        // Not what the server has read: a slow one may have read nothing by then.
        assertThat(retries).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptAndCloseEndTheWaitBetweenAttempts(boolean interrupt) throws Exception {
        FakeApi server = open(new FakeApi().status(FakeApi.answer(503, "{}")));
        Jamsocket jamsocket =
                open(builder(server.url()).retryTime(Duration.ofHours(1)).build());
        AtomicReference<Boolean> flag = new AtomicReference<>();
        call(1, () -> {
            try {
                jamsocket.status(FakeApi.ID);
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        eventually("it retries", () -> server.statusCalls.get() > 4);
        if (interrupt) {
            callers.get(0).interrupt();
        } else {
            jamsocket.close();
        }
        callers.get(0).join();
        assertThat(failures)
                .singleElement()
                .isInstanceOf(interrupt ? JamsocketInterruptedException.class : IllegalStateException.class);
        assertThat(flag).hasValue(interrupt);
    }

    @Test
    void aCallInFlightOfAClosedClientSaysSo() throws Exception {
        SilentServer server = open(new SilentServer());
        Jamsocket jamsocket = open(builder(server.uri()).build());
        call(2, () -> jamsocket.status("b1"));
        call(2, jamsocket::connect);
        eventually("all are sent", () -> server.requests.get() == 4);
        jamsocket.close();
        server.close();
        eventually("all are over", () -> waiting() == 0);
        assertThat(failures).hasSize(4).allSatisfy(failure -> assertThat(failure)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("the Jamsocket client is closed"));
        assertThatIllegalStateException().isThrownBy(() -> jamsocket.status("b1"));
    }

    private void call(int times, Runnable call) {
        for (int i = 0; i < times; i++) {
            Thread caller = new Thread(() -> {
                Throwable failure = catchThrowable(call::run);
                if (failure != null) {
                    failures.add(failure);
                }
            });
            caller.setDaemon(true);
            callers.add(caller);
            caller.start();
        }
    }

    private long waiting() {
        return callers.stream().filter(Thread::isAlive).count();
    }

    private static void join(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw (JamsocketException) e.getCause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
