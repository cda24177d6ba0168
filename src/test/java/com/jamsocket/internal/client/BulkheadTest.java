package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BulkheadFullException;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.PlaneDialect;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a server that does not answer, and who is let go. */
class BulkheadTest {

    private static final Call CALL = new JamsocketDialect("acme", "docs", ServerKind.API).status("b1");

    private final ManualTicker ticker = new ManualTicker();
    private final Threads threads = new Threads(null, 1, ticker);
    private final Bulkhead bulkhead = new Bulkhead(oneMayWait(), threads);

    private static ClientSettings oneMayWait() {
        SettingValues settings = new SettingValues();
        settings.set(Setting.MAX_WAITING_CALLS, 1);
        return new ClientSettings(settings, ReconnectPolicy.ofDefaults());
    }

    @Test
    void whoIsInterruptedTakesWhatIsThereInThatMoment() {
        try (Bulkhead.Caller caller = bulkhead.enter(CALL)) {
            assertThat(caller.await(LateResult.<String>ofInterrupt(late -> late.complete("there"))))
                    .isEqualTo("there");
            assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
            assertThatExceptionOfType(JamsocketInterruptedException.class)
                    .isThrownBy(() -> caller.await(LateResult.ofInterrupt(late -> {})));
        } finally {
            var unused = Thread.interrupted();
        }
    }

    @Test
    void whoseTimeIsOverTakesWhatIsThereInThatMoment() {
        try (Bulkhead.Caller caller = bulkhead.enter(CALL)) {
            ticker.advance(Duration.ofSeconds(50));

            assertThat(caller.await(LateResult.<String>ofTimeout(late -> late.complete("there"))))
                    .isEqualTo("there");
            LateResult<String> never = LateResult.ofTimeout(late -> {});
            assertThatExceptionOfType(JamsocketConnectionException.class)
                    .isThrownBy(() -> caller.await(never))
                    .withMessageContaining("within");
            assertThat(never).isCancelled();
        }
    }

    /** Threads that call at the same time are not in the order in which they then begin. */
    @Test
    @Timeout(30)
    void whoCannotLeaveWaitsInThePlaceOfWhoCameBefore() {
        try (Bulkhead.Caller first = bulkhead.enter(CALL);
                Bulkhead.Caller second = bulkhead.enter(CALL)) {
            assertThat(second.beginsItself()).isTrue();
            assertThat(first.beginsItself()).isFalse();
            ticker.advance(Duration.ofSeconds(1));

            assertThatExceptionOfType(BulkheadFullException.class)
                    .isThrownBy(() -> first.await(new CompletableFuture<>()));
        }
    }

    /** Those who wait may hold requests that a server which was away for a moment has lost. */
    @Test
    void oneCallerASecondSeesWhetherTheServerIsBack() {
        try (Bulkhead.Caller lost = bulkhead.enter(CALL)) {
            assertThat(lost.beginsItself()).isTrue();
            ticker.advance(Duration.ofSeconds(2));

            try (Bulkhead.Caller probe = bulkhead.enter(CALL)) {
                assertThat(probe.beginsItself()).isFalse();
                assertThatExceptionOfType(BulkheadFullException.class)
                        .isThrownBy(() -> bulkhead.enter(CALL))
                        .matches(full -> !full.mayHaveBeenSent());
                ticker.advance(Duration.ofMillis(900));
                assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> bulkhead.enter(CALL));

                bulkhead.attempted(null);

                bulkhead.enter(CALL).close();
            }
        }
    }

    @Test
    @Timeout(60)
    void aRequestIsNotKeptForLongerThanItsCallMayTake() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Jamsocket client = Jamsocket.builder()
                        .dev(silent.getLocalPort())
                        .callTimeout(Duration.ofSeconds(1))
                        .readTimeout(Duration.ofHours(1))
                        .build()) {
            Future<Long> read = pool.submit(() -> {
                long all = 0;
                while (all == 0) {
                    try (Socket connection = silent.accept()) {
                        all = connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                }
                return all;
            });

            // A second may be over before the request is sent: then there is nothing to be kept.
            eventually("a connection with a request is closed", () -> {
                assertThatExceptionOfType(JamsocketConnectionException.class).isThrownBy(() -> client.status("b1"));
                return read.isDone();
            });
            assertThat(read.get()).as("all of a connection that was closed").isPositive();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Where nothing but streams is opened, and each answer is slow. */
    @Test
    @Timeout(60)
    void answersToTheOpeningsOfStreamsLetOthersIn() {
        Queue<CompletableFuture<Reply>> questions = new ConcurrentLinkedQueue<>();
        ExecutorService pool = Executors.newCachedThreadPool();
        List<CompletableFuture<?>> callers = new ArrayList<>();
        try (Jamsocket client = client(questions, pool)) {
            Runnable call = () -> client.statusStream("b1", state -> {});
            for (int i = 0; i < 10; i++) {
                callers.add(CompletableFuture.runAsync(call, pool));
            }
            eventually("all are sent", () -> questions.size() == 10);
            ticker.advance(Duration.ofMillis(500));
            questions.remove().complete(new Reply(400, new byte[0]));
            eventually("one has its answer", () -> callers.stream().anyMatch(CompletableFuture::isDone));
            ticker.advance(Duration.ofMillis(600));

            CompletableFuture<Void> late = CompletableFuture.runAsync(call, pool);
            eventually("another is sent", () -> questions.size() == 10 || late.isDone());
            assertThat(late).isNotDone();
        } finally {
            pool.shutdownNow();
        }
    }

    private Jamsocket client(Queue<CompletableFuture<Reply>> questions, ExecutorService pool) {
        Object transport = Proxy.newProxyInstance(
                Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, args) -> {
                    if (method.getName().equals("sendAsync")) {
                        CompletableFuture<Reply> reply = new CompletableFuture<>();
                        questions.add(reply);
                        return reply;
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
        PlaneSettings settings = PlaneSettings.builder(URI.create("http://plane.invalid"))
                .image("docs")
                .build();
        return SimulatedClient.of(
                new PlaneDialect(settings, null),
                (Transport) transport,
                Duration.ofMinutes(1),
                Hooks.NONE,
                Runnable::run,
                pool,
                Runnable::run,
                ticker);
    }
}
