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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many whole lives of backends on Plane, a hundred at a time: what each stream has told is compared with the history
 * that Plane keeps in its database. {@code -Dplane.backends} is how many, {@code -Dplane.at-once} how many at a time.
 */
class ManyBackendsIT {

    private static final int BACKENDS = Integer.getInteger("plane.backends", 2000);
    private static final int AT_ONCE = Integer.getInteger("plane.at-once", 100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Queue<String> missed = new ConcurrentLinkedQueue<>();
    private final Queue<String> doubled = new ConcurrentLinkedQueue<>();
    private final Queue<String> otherwise = new ConcurrentLinkedQueue<>();
    private final Queue<String> withoutEnd = new ConcurrentLinkedQueue<>();
    private final Queue<String> notReady = new ConcurrentLinkedQueue<>();
    private final Queue<String> neverReady = new ConcurrentLinkedQueue<>();
    private final Queue<Long> millisToReady = new ConcurrentLinkedQueue<>();

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

    @Test
    @Timeout(1800)
    void everyStateAndEveryEndIsToldOnce() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(AT_ONCE);
        try (PlaneCluster plane = new PlaneCluster();
                // A machine on which all parts of Plane run too is slow: nobody is to be turned away for that.
                Jamsocket client =
                        plane.builder(plane.url).maxWaitingCalls(AT_ONCE).build()) {
            long start = System.nanoTime();
            List<Future<?>> lives = new ArrayList<>();
            for (int i = 0; i < BACKENDS; i++) {
                TerminationKind kind = i % 2 == 0 ? TerminationKind.SOFT : TerminationKind.HARD;
                lives.add(users.submit(() -> {
                    live(plane, client, kind);
                    return null;
                }));
            }
            for (Future<?> life : lives) {
                life.get();
            }
            report(Duration.ofNanos(System.nanoTime() - start));
        } finally {
            users.shutdownNow();
        }
        assertThat(missed).as("states that were missed").isEmpty();
        assertThat(doubled).as("states that were told twice").isEmpty();
        assertThat(otherwise).as("lives that were told otherwise").isEmpty();
        assertThat(withoutEnd).as("streams without their one end").isEmpty();
        assertThat(notReady)
                .as("waits that failed for a backend that was ready")
                .isEmpty();
        // In a burst a drone of Plane 0.5.5 may keep a status to itself: the database does not have it either.
        assertThat(neverReady).as("backends that were never ready").hasSizeLessThan(Math.max(2, BACKENDS / 10));
    }

    private void live(PlaneCluster plane, Jamsocket client, TerminationKind kind)
            throws IOException, InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        String backend = client.connect(request(Conduct.LIGHT).build()).backendId();
        Life life = new Life();
        client.statusStream(backend, life);
        JamsocketException failure = null;
        try {
            client.awaitReady(backend, PATIENCE);
            millisToReady.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        } catch (JamsocketException e) {
            failure = e;
        }
        client.terminate(backend, kind);
        try {
            life.end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It is told below.
        }
        List<String> history = plane.history(backend);
        if (failure != null) {
            (history.contains("ready") ? notReady : neverReady).add(backend + " " + failure);
        }
        compare(backend, life, history);
    }

    private void compare(String backend, Life life, List<String> history) {
        String both = backend + " told " + life.told + ", of " + history + ", ends " + life.ends;
        if (life.ends.size() != 1 || !(life.ends.get(0) instanceof StreamEnd.Terminated)) {
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

    private void report(Duration time) {
        List<Long> sorted = millisToReady.stream().sorted().toList();
        System.out.printf(
                "%d backends, %d at once, in %s: missed a state %d, told twice %d, otherwise %d, no end %d,"
                        + " ready and not waited for %d, never ready %d; ms to ready: median %s, 99%% %s, longest %s%n",
                BACKENDS,
                AT_ONCE,
                time,
                missed.size(),
                doubled.size(),
                otherwise.size(),
                withoutEnd.size(),
                notReady.size(),
                neverReady.size(),
                sorted.isEmpty() ? null : sorted.get(sorted.size() / 2),
                sorted.isEmpty() ? null : sorted.get(sorted.size() * 99 / 100),
                sorted.isEmpty() ? null : sorted.get(sorted.size() - 1));
    }
}
