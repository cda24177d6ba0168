package com.jamsocket.plane;

import static com.jamsocket.plane.PlaneCluster.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whole lives of backends on Plane: started, awaited, ended, and followed all the time. What each stream has told is
 * compared with the history that Plane keeps in its database. Safe for use by many threads.
 */
final class Lives {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Plane takes a backend for lost two minutes after its drone has kept an end to itself. */
    private static final Duration PATIENCE_FOR_ENDS = Duration.ofMinutes(4);

    private final PlaneCluster plane;
    private final Jamsocket client;
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<String> missed = new ConcurrentLinkedQueue<>();
    private final Queue<String> doubled = new ConcurrentLinkedQueue<>();
    private final Queue<String> otherwise = new ConcurrentLinkedQueue<>();
    private final Queue<String> withoutEnd = new ConcurrentLinkedQueue<>();
    private final Queue<String> notReady = new ConcurrentLinkedQueue<>();
    private final Queue<String> neverReady = new ConcurrentLinkedQueue<>();
    private final Queue<String> neverEnded = new ConcurrentLinkedQueue<>();
    private final Queue<Long> millisToReady = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    Lives(PlaneCluster plane, Jamsocket client) {
        this.plane = plane;
        this.client = client;
    }

    /** What one stream has told. */
    private static final class Life implements StatusListener {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<StreamEnd> ends = new CopyOnWriteArrayList<>();
        private final CompletableFuture<StreamEnd> end = new CompletableFuture<>();

        @Override
        public void onState(BackendState state) {
            told.add(state.statusName());
        }

        @Override
        public void onEnd(StreamEnd how) {
            ends.add(how);
            end.complete(how);
        }
    }

    /** Lives one. A call that fails before there is a stream is counted, and is all. */
    void live() throws IOException, InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        TerminationKind kind = count.incrementAndGet() % 2 == 0 ? TerminationKind.SOFT : TerminationKind.HARD;
        String backend;
        Life life = new Life();
        try {
            backend = client.connect(request(Conduct.LIGHT).build()).backendId();
            client.statusStream(backend, life);
        } catch (JamsocketException e) {
            fail("connect", e);
            return;
        }
        JamsocketException failure = null;
        try {
            client.awaitReady(backend, PATIENCE);
            millisToReady.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        } catch (JamsocketException e) {
            failure = e;
        }
        terminate(backend, kind);
        try {
            life.end.get(PATIENCE_FOR_ENDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It is told below.
        }
        List<String> history = plane.history(backend);
        if (failure != null) {
            (history.contains("ready") ? notReady : neverReady).add(backend + " " + failure + " " + history);
        }
        compare(backend, life, history);
    }

    private void terminate(String backend, TerminationKind kind) {
        for (int tries = 0; tries < 5; tries++) {
            try {
                client.terminate(backend, kind);
                return;
            } catch (JamsocketException e) {
                fail("terminate", e);
            }
        }
    }

    private void fail(String call, JamsocketException e) {
        failures.computeIfAbsent(call + " " + e.getClass().getSimpleName(), absent -> new AtomicInteger())
                .incrementAndGet();
    }

    private void compare(String backend, Life life, List<String> history) {
        String both = backend + " told " + life.told + ", of " + history + ", ends " + life.ends;
        if (!history.contains("terminated")) {
            neverEnded.add(both);
        } else if (life.ends.size() != 1 || !(life.ends.get(0) instanceof StreamEnd.Terminated)) {
            withoutEnd.add(both);
        }
        if (!life.told.containsAll(history)) {
            missed.add(both);
        } else if (life.told.stream().distinct().count() < life.told.size()) {
            doubled.add(both);
        } else if (!life.told.equals(history)) {
            otherwise.add(both);
        }
    }

    /** Whether there was any. */
    int count() {
        return count.get();
    }

    /** Prints the figures. */
    void report(Duration time) {
        List<Long> sorted = millisToReady.stream().sorted().toList();
        System.out.printf(
                "%d backends in %s: missed a state %d, told twice %d, otherwise %d, no end %d, ready and not waited"
                        + " for %d; by Plane's own word never ready %d, never ended %d; calls that failed %s;"
                        + " ms to ready: median %s, 99%% %s, longest %s%n",
                count.get(),
                time,
                missed.size(),
                doubled.size(),
                otherwise.size(),
                withoutEnd.size(),
                notReady.size(),
                neverReady.size(),
                neverEnded.size(),
                new TreeMap<>(failures),
                sorted.isEmpty() ? null : sorted.get(sorted.size() / 2),
                sorted.isEmpty() ? null : sorted.get(sorted.size() * 99 / 100),
                sorted.isEmpty() ? null : sorted.get(sorted.size() - 1));
    }

    /** Fails if anything was told otherwise than Plane has it. */
    void requireAllTold() {
        assertThat(missed).as("states that were missed").isEmpty();
        assertThat(doubled).as("states that were told twice").isEmpty();
        assertThat(otherwise).as("lives that were told otherwise").isEmpty();
        assertThat(withoutEnd).as("streams without their one end").isEmpty();
        assertThat(notReady)
                .as("waits that failed for a backend that was ready")
                .isEmpty();
        // A drone of Plane 0.5.5 may keep a status to itself: the database does not have it either.
        assertThat(neverReady.size() + neverEnded.size())
                .as("backends that Plane itself knows less of")
                .isLessThan(Math.max(3, count.get() / 10));
    }
}
