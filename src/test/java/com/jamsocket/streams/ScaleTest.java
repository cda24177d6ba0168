package com.jamsocket.streams;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.Heap;
import com.jamsocket.testkit.Jvm;
import com.jamsocket.testkit.Promptness;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many streams of one client, to a server in a process of its own. */
class ScaleTest {

    private static final int STREAMS = 2_000;
    private static final int BACKENDS = 20;
    private static final int AT_A_TIME = 50;
    private static final int DESCRIPTORS = 2 * STREAMS + 500;
    private static final int MAX_THREADS = 20;
    private static final long MAX_BYTES = 40 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** A close in which streams wait for one another takes many times as long. */
    private static final Duration TOGETHER = Duration.ofSeconds(5);

    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private Process server;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > DESCRIPTORS,
                "enough file descriptors");
        server = new ProcessBuilder(Jvm.command(JamsocketDevServer.class.getName(), "--port", "0"))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        assertThat(line).contains("http://");
        url = URI.create(line.substring(line.indexOf("http://")));
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "server-output");
        drain.setDaemon(true);
        drain.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void twoThousandStreamsTakeFewThreadsAndLittleMemoryAndEndTogether() throws Exception {
        Promptness.fastestIsWithin(TOGETHER, this::openAndClose);
    }

    /** How long the closing takes. */
    private Duration openAndClose() {
        closed.set(0);
        // Threads of earlier tests may still be ending: only new ones count.
        Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
        try (Jamsocket client = Dialect.JAMSOCKET.clientWithoutRetries(url).build()) {
            List<String> backends = new ArrayList<>();
            for (int i = 0; i < BACKENDS; i++) {
                backends.add(client.connect().backendId());
            }
            // What the first stream loads is not what each stream takes.
            open(client, backends, 1);
            long heapBefore = Heap.used();
            long start = System.nanoTime();
            open(client, backends, STREAMS);
            Duration opening = since(start);

            Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
            threads.removeAll(threadsBefore);
            long bytes = (Heap.used() - heapBefore) / STREAMS;
            start = System.nanoTime();
            client.close();
            eventually("all streams are closed", () -> closed.get() == STREAMS + 1);
            Duration closing = since(start);

            System.out.printf(
                    "%d streams: opened in %d ms, %d threads, %.1f KB of heap each, closed in %d ms%n",
                    STREAMS, opening.toMillis(), threads.size(), bytes / 1024.0, closing.toMillis());
            assertThat(threads).extracting(Thread::getName).hasSizeBetween(1, MAX_THREADS - 1);
            assertThat(bytes).isLessThan(MAX_BYTES);
            return closing;
        }
    }

    /** Opens streams, some at a time, and waits until each has told that its backend is ready. */
    private void open(Jamsocket client, List<String> backends, int count) {
        int expected = ready.get() + count;
        List<CompletableFuture<?>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletionStage<?> stream = client.async().statusStream(backends.get(i % backends.size()), new Counter());
            opening.add(stream.toCompletableFuture());
            if (opening.size() == AT_A_TIME || i == count - 1) {
                opening.forEach(CompletableFuture::join);
                opening.clear();
            }
        }
        eventually(count + " streams", LIMIT, () -> ready.get() == expected);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private final class Counter implements StatusListener {
        @Override
        public void onState(BackendState state) {
            if (state instanceof BackendState.Ready) {
                ready.incrementAndGet();
            }
        }

        @Override
        public void onEnd(StreamEnd end) {
            if (end instanceof StreamEnd.Closed) {
                closed.incrementAndGet();
            }
        }
    }
}
