package com.jamsocket.streams;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.States;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/**
 * The rules of Reactive Streams for publishers, as their test kit has them. A backend has a bounded number of states, so
 * what needs an endless stream is skipped by the kit.
 */
@Test
public class StatusPublisherTckTest extends FlowPublisherVerification<BackendState> {

    private static final long TIMEOUT_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 100;
    private static final long FORGOTTEN_MILLIS = 500;

    /** Statuses that this version does not know make a life longer. */
    private static final int LONGEST_LIFE = 50;

    private JamsocketDevServer server;
    private Jamsocket client;

    /** Made by the test engine. */
    public StatusPublisherTckTest() {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS), TIMEOUT_MILLIS);
    }

    @BeforeClass
    void start() {
        server = JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).start();
        client = Dialect.PLANE
                .clientWithoutRetries(server.url())
                .statusCheckInterval(Duration.ofMillis(200))
                .build();
    }

    @AfterClass
    void stop() {
        client.close();
        server.close();
    }

    @Override
    public long maxElementsFromPublisher() {
        return LONGEST_LIFE;
    }

    /** A backend with so many states, which ends with the last of them. */
    @Override
    public Flow.Publisher<BackendState> createFlowPublisher(long elements) {
        String id = client.connect().backendId();
        if (elements == 1) {
            // A backend begins with one state. If the server forgets it then, that is also the only one.
            CompletableFuture.delayedExecutor(FORGOTTEN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> server.forget(id));
        } else {
            LongStream.range(0, Math.min(elements, LONGEST_LIFE) - 2)
                    .forEach(step -> server.moveTo(id, States.unknown("step-" + step)));
            server.moveTo(id, States.of("terminated"));
        }
        return client.statusPublisher(id);
    }

    /** Of a backend that nobody knows. */
    @Override
    public Flow.Publisher<BackendState> createFailedFlowPublisher() {
        return client.statusPublisher("nobody");
    }
}
