package com.jamsocket.internal.sse;

import static com.jamsocket.internal.sse.ScriptedServer.answer;
import static com.jamsocket.internal.sse.ScriptedServer.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.sse.ScriptedServer.Script;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What we expect of any {@link SseEventSource} that is to follow a life from its first state to its last over a network
 * that fails: eighteen cases. A subclass says how its sources are made.
 */
@Timeout(60)
abstract class SseEventSourceContract {
    private static final String FIRST = "id: scheduled\ndata: scheduled\n\n";
    private static final String SECOND = "id: ready\ndata: ready\n\n";
    private static final String LAST = "id: terminated\ndata: terminated\n\n";

    private final Recorder recorder = new Recorder();
    private ScriptedServer server;
    private SseEventSource source;

    /**
     * A source of the subject that is not open yet. It should reconnect after some 20 ms, and find a silent connection
     * dead after some 300 ms, as far as the subject knows of such a limit.
     */
    abstract SseEventSource source(URI uri);

    /** The body of the answer that an error of the subject is about. */
    abstract String bodyOf(Throwable error);

    /** Whether a thread is shared by all streams of the subject. Any other that a stream has started ends with it. */
    abstract boolean isShared(Thread thread);

    @AfterEach
    void end() throws Exception {
        if (source != null) {
            source.close();
        }
        server.close();
    }

    @Test
    void receivesAReplayAfterEachOfTwoCleanEnds() throws Exception {
        open(
                stream().send(FIRST),
                stream().send(FIRST + SECOND),
                stream().send(FIRST + SECOND + LAST).awaitFin());
        recorder.awaitEvent("terminated");
        assertThat(distinctData()).containsExactly("scheduled", "ready", "terminated");
        assertThat(server.allRequests()).hasSize(3);
    }

    @Test
    void reconnectsAfterAResetInTheMiddleOfAnEvent() throws Exception {
        open(
                stream().send(FIRST + "id: ready\ndata: re").reset(),
                stream().send(SECOND + LAST).awaitFin());
        recorder.awaitEvent("terminated");
        // A reset may overtake what was sent before it, so the first event is not sure to arrive.
        assertThat(distinctData()).endsWith("ready", "terminated").doesNotContain("re");
    }

    @Test
    void dropsAnEventThatTheEndOfTheStreamCutsAndItsId() throws Exception {
        open(
                stream().send(FIRST + "id: ready\ndata: rea"),
                stream().send(SECOND + LAST).awaitFin());
        recorder.awaitData("scheduled", "ready", "terminated");
        server.nextRequest();
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("scheduled");
    }

    @Test
    void endsWithAnErrorThatShowsTheBodyOfA404() throws Exception {
        open(answer("404 Not Found", "{\"error\":\"no such backend\"}", "Content-Type: application/json"));
        recorder.awaitCompletion();
        assertThat(bodyOf(recorder.onlyError())).isEqualTo("{\"error\":\"no such backend\"}");
        assertThat(recorder.calls()).containsExactly("error", "complete");
        assertThat(server.allRequests()).hasSize(1);
    }

    @Test
    void findsAConnectionThatDiedBeforeTheFirstEvent() throws Exception {
        open(stream().send(":\n\n").awaitFin(), stream().send(FIRST).awaitFin());
        recorder.awaitEvent("scheduled");
        assertThat(distinctData()).containsExactly("scheduled");
    }

    @Test
    void findsAConnectionThatDiedAfterTheFirstEvent() throws Exception {
        open(stream().send(":\n\n" + FIRST).awaitFin(), stream().send(LAST).awaitFin());
        recorder.awaitEvent("terminated");
        assertThat(distinctData()).containsExactly("scheduled", "terminated");
    }

    @Test
    void outlastsAServerThatIsDownForAWhile() throws Exception {
        CountDownLatch down = new CountDownLatch(1);
        open(stream().send(FIRST).await(down), stream().send(LAST).awaitFin());
        recorder.awaitData("scheduled");
        server.goDownFor(Duration.ofMillis(1500));
        down.countDown();
        recorder.awaitData("scheduled", "terminated");
    }

    @Test
    void outlastsEndsBeforeAnyEvent() throws Exception {
        open(stream(), ScriptedServer.raw(), stream(), stream().send(LAST).awaitFin());
        recorder.awaitData("terminated");
    }

    @Test
    void resumesAfterTheLastIdOnceTheConnectionDrops() throws Exception {
        open(
                stream().send(":\n\n" + FIRST + ":\n\n" + SECOND),
                stream().send(":\n\n" + LAST).awaitFin());
        recorder.awaitEvent("terminated");
        assertThat(distinctData()).containsExactly("scheduled", "ready", "terminated");
        assertThat(server.nextRequest().header("Last-Event-ID")).isEmpty();
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("ready");
    }

    @Test
    void canBeClosedFromTheCallbackOfTheLastEventWhichTheServerSees() throws Exception {
        recorder.doing(event -> {
            if (event.equals("terminated")) {
                source.close();
            }
        });
        open(stream().send(FIRST + LAST).awaitFin());
        assertThat(server.seesFinWithin(5000)).isTrue();
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("scheduled", "terminated", "complete");
        assertThat(server.allRequests()).hasSize(1);
    }

    @Test
    void keepsTheLastIdOverKeepalivesAndEventsWithoutId() throws Exception {
        open(
                stream().send(SECOND + ":\n\ndata: no id\n\n:\n\n"),
                stream().send(":\n\n"),
                stream().send(LAST).awaitFin());
        recorder.awaitEvent("terminated");
        assertThat(distinctData()).containsExactly("ready", "no id", "terminated");
        server.nextRequest();
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("ready");
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("ready");
    }

    @Test
    void waitsAsLongAsA503AsksOnReconnect() throws Exception {
        open(
                stream().send(FIRST),
                answer("503 Service Unavailable", "", "Retry-After: 1"),
                stream().send(LAST).awaitFin());
        server.nextRequest();
        long refused = server.nextRequest().arrival();
        assertThat(server.nextRequest().arrival() - refused).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
        recorder.awaitData("scheduled", "terminated");
    }

    @Test
    void outlastsA500OnReconnect() throws Exception {
        open(
                stream().send(FIRST),
                answer("500 Internal Server Error", "oops"),
                stream().send(LAST).awaitFin());
        recorder.awaitData("scheduled", "terminated");
    }

    @Test
    void endsWithAnErrorOnA404OnReconnectAndTriesNoMore() throws Exception {
        open(stream().send(FIRST), answer("404 Not Found", "gone"));
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("scheduled", "error", "complete");
        assertThat(source.isOpen()).isFalse();
        assertThat(server.allRequests()).hasSize(2);
    }

    @Test
    void letsGoOfConnectionAndThreadWhenClosedWhileNothingComes() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        open(stream().send(FIRST).awaitFin());
        recorder.awaitData("scheduled");
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        source.close();
        assertThat(server.seesFinWithin(20_000)).isTrue();
        recorder.awaitCompletion();
        for (Thread thread : started) {
            if (!isShared(thread) && !thread.getName().startsWith("scripted-")) {
                thread.join(20_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void goesOnAfterAConsumerThatThrows() throws Exception {
        AtomicBoolean thrown = new AtomicBoolean();
        recorder.doing(event -> {
            if (thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("a mistake of the application, thrown by a test");
            }
        });
        open(stream().send(FIRST + SECOND + LAST).awaitFin());
        recorder.awaitData("scheduled", "ready", "terminated");
    }

    @Test
    void readsLinesThatEndInCrLf() throws Exception {
        open(stream().send((FIRST + LAST).replace("\n", "\r\n")).awaitFin());
        recorder.awaitData("scheduled", "terminated");
    }

    @Test
    void readsAByteOrderMarkAndLinesThatEndInCr() throws Exception {
        open(stream().send(("\uFEFF" + FIRST + LAST).replace("\n", "\r")).awaitFin());
        recorder.awaitData("scheduled", "terminated");
    }

    private void open(Script... scripts) {
        server = ScriptedServer.playing(scripts);
        source = source(server.uri());
        recorder.on(source);
        source.open();
    }

    /** Without repetitions: a silence that is longer than it seems has the last script played once more. */
    private List<String> distinctData() {
        return List.copyOf(new LinkedHashSet<>(recorder.data()));
    }
}
