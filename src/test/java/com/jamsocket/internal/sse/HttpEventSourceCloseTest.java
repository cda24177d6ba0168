package com.jamsocket.internal.sse;

import static com.jamsocket.internal.sse.ScriptedServer.raw;
import static com.jamsocket.internal.sse.ScriptedServer.stream;
import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.sse.ScriptedServer.Script;
import com.jamsocket.testkit.FullServer;
import com.jamsocket.testkit.Promptness;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Closing in each state: at once, once, and with nothing left behind. */
@Timeout(60)
class HttpEventSourceCloseTest {
    @RegisterExtension
    final Sources sources = new Sources();

    private final Recorder recorder = new Recorder();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private ScriptedServer server;
    private HttpEventSource source;

    @AfterEach
    void end() throws IOException {
        go.countDown();
        source.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void beforeItWasOpened() throws Exception {
        build(stream());
        closeAtOnce();
        recorder.awaitCompletion();
        assertThat(source.isOpen()).isFalse();
        assertThatThrownBy(source::open).isInstanceOf(IllegalStateException.class);
        assertNothingIsLeft("complete");
        assertThat(server.allRequests()).isEmpty();
    }

    @Test
    void whileAFilterRuns() throws Exception {
        sources.client.register((ClientRequestFilter) request -> blockHere());
        open(stream());
        reached.await();
        closeAtOnce();
        go.countDown();
        recorder.awaitCompletion();
        assertNothingIsLeft("complete");
        assertThat(server.allRequests()).isEmpty();
    }

    @Test
    void whileItConnects() throws Exception {
        try (FullServer full = new FullServer()) {
            sources.client.register((ClientRequestFilter) request -> reached.countDown());
            build(sources.of(full.url()));
            source.open();
            reached.await();
            closeAtOnce();
            recorder.awaitCompletion();
            assertNothingIsLeft("complete");
        }
    }

    @Test
    void whileTheHeadIsAwaited() throws Exception {
        open(raw().awaitFin());
        server.nextRequest();
        closeAtOnce();
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitCompletion();
        assertNothingIsLeft("complete");
    }

    @Test
    void beforeTheFirstEvent() throws Exception {
        open(stream().send(":\n\n").awaitFin());
        while (!source.keepaliveSeen()) {
            Thread.onSpinWait();
        }
        closeAtOnce();
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitCompletion();
        assertNothingIsLeft("complete");
    }

    @Test
    void whileTheBodyOfARefusalIsRead() throws Exception {
        open(raw().send("HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\nhalf")
                .awaitFin());
        while (sources.timer.getQueue().isEmpty()) {
            Thread.onSpinWait();
        }
        closeAtOnce();
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitCompletion();
        assertNothingIsLeft("complete");
    }

    @Test
    void whileItReads() throws Exception {
        open(stream().send("data:a\n\n").awaitFin());
        recorder.awaitData("a");
        closeAtOnce();
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitCompletion();
        assertNothingIsLeft("a", "complete");
    }

    @Test
    void whileItWaitsForARetry() throws Exception {
        build(sourceFor(stream())
                .backoff(sources.backoff.withInitialDelay(Duration.ofHours(1)))
                .onReconnecting((attempt, delay, cause) -> reached.countDown()));
        source.open();
        reached.await();
        closeAtOnce();
        recorder.awaitCompletion();
        assertNothingIsLeft("complete");
    }

    @Test
    void whileItWaitsToBeAdmitted() throws Exception {
        CompletableFuture<Admission.Turn> admission = new CompletableFuture<>();
        build(sourceFor(stream()).admission(lost -> {
            if (!lost) {
                return Admission.FREE.admit(false);
            }
            reached.countDown();
            return admission;
        }));
        source.open();
        reached.await();
        closeAtOnce();
        recorder.awaitCompletion();
        assertThat(admission).isCancelled();
        assertNothingIsLeft("complete");
        assertThat(server.allRequests()).hasSize(1);
    }

    @Test
    void whileACallbackRunsWhichFinishesFirst() throws Exception {
        recorder.doing(event -> blockHere());
        open(stream().send("data:a\n\ndata:b\n\n").awaitFin());
        reached.await();
        closeAtOnce();
        assertThat(server.seesFinWithin(20_000)).isTrue();
        assertThat(recorder.calls()).containsExactly("a");
        go.countDown();
        recorder.awaitCompletion();
        assertNothingIsLeft("a", "complete");
    }

    @Test
    void fromTheCallbackItself() throws Exception {
        List<Boolean> waited = new ArrayList<>();
        recorder.doing(event -> waited.add(source.close(1, TimeUnit.MINUTES)));
        open(stream().send("data:a\n\ndata:b\n\n").awaitFin());
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitCompletion();
        assertThat(waited).as("does not wait for itself").containsExactly(false);
        assertNothingIsLeft("a", "complete");
    }

    @Test
    void fromManyThreadsAndTwice() throws Exception {
        open(stream().send("data:a\n\n").awaitFin());
        recorder.awaitData("a");
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closers.add(CompletableFuture.runAsync(source::close));
        }
        closers.forEach(CompletableFuture::join);
        source.close();
        assertThat(source.close(5, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft("a", "complete");
    }

    @Test
    void waitsForTheLastCallbackIfAskedTo() throws Exception {
        recorder.doing(event -> blockHere());
        open(stream().send("data:a\n\n").awaitFin());
        reached.await();
        assertThat(source.close(10, TimeUnit.MILLISECONDS)).isFalse();
        go.countDown();
        assertThat(source.close(5, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft("a", "complete");
    }

    @Test
    void keepsTheInterruptOfAThreadThatWaits() throws Exception {
        recorder.doing(event -> blockHere());
        open(stream().send("data:a\n\n").awaitFin());
        reached.await();
        Thread.currentThread().interrupt();
        assertThat(source.close(1, TimeUnit.MINUTES)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void startsNoEventOnceClosed() throws Exception {
        recorder.doing(event -> {
            if (event.equals("50")) {
                reached.countDown();
            }
        });
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            many.append("data:").append(i).append("\n\n");
        }
        open(stream().send(many.toString()).awaitFin());
        reached.await();
        source.close();
        int received = recorder.data().size();
        recorder.awaitCompletion();
        // One event may have been on its way to the callback.
        assertThat(recorder.data().size()).isLessThanOrEqualTo(received + 1);
    }

    @Test
    void isWhatAnExecutorThatRejectsMeans() throws Exception {
        // Without a limit that passes meanwhile, after which the event would come once more.
        build(sourceFor(stream().send("data:a\n\n").send(":\n\n").awaitFin()).silenceLimit(Duration.ofHours(1)));
        source.open();
        recorder.awaitData("a");
        sources.executor.shutdown();
        source.reconnect(new IOException("any"));
        recorder.awaitCompletion();
        assertThat(source.isOpen()).isFalse();
        assertThat(recorder.calls()).containsExactly("a", "complete");
    }

    @Test
    void isWhatAnExecutorOfFiltersThatRejectsMeans() throws Exception {
        build(sourceFor(stream().send("data:a\n\n")).filterExecutor(task -> {
            throw new RejectedExecutionException("shut down");
        }));
        source.open();
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("complete");
        assertThat(server.allRequests()).isEmpty();
    }

    @Test
    void beforeAThreadWasFreeForItsFilters() throws Exception {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        build(sourceFor(stream().send("data:a\n\n")).filterExecutor(waiting::add));
        source.open();
        eventually("its filters", () -> !waiting.isEmpty());
        source.close();
        recorder.awaitCompletion();
        waiting.remove().run();
        assertThat(server.allRequests()).isEmpty();
    }

    @Test
    void isWhatATimerThatRejectsMeans() throws Exception {
        ManualTicker stopped = new ManualTicker();
        stopped.close();
        build(sourceFor(stream().send("data:a\n\n")).ticker(stopped));
        source.open();
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("a", "complete");
    }

    private void blockHere() {
        reached.countDown();
        try {
            go.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Nothing that it could wait for comes before it returns. The limit is for waits that have one; how fast a close is
     * otherwise, {@code CloseTest} asks.
     */
    private void closeAtOnce() {
        assertThat(Promptness.waitingIn(source::close)).isLessThan(Duration.ofSeconds(5));
    }

    private void assertNothingIsLeft(String... calls) {
        assertThat(source.close(5, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.calls()).containsExactly(calls);
        // The thread that ends an exchange cancels its timer, maybe after the end was told.
        eventually("no timer is left", () -> sources.timer.getQueue().isEmpty());
    }

    private HttpEventSource.Builder sourceFor(Script... scripts) {
        server = ScriptedServer.playing(scripts);
        return sources.of(server.uri());
    }

    private void build(HttpEventSource.Builder builder) {
        source = builder.build();
        recorder.on(source);
    }

    private void build(Script... scripts) {
        build(sourceFor(scripts));
    }

    private void open(Script... scripts) {
        build(scripts);
        source.open();
    }
}
