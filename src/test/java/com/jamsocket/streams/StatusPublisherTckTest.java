package com.jamsocket.streams;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/**
 * The rules of Reactive Streams for publishers, as their test kit has them. A backend has seven states and no more, so
 * what needs a longer stream than that is skipped by the kit.
 */
@Test
public class StatusPublisherTckTest extends FlowPublisherVerification<BackendState> {

    private static final long TIMEOUT_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 100;

    private JamsocketDevServer server;
    private Jamsocket client;

    /** Made by the test engine. */
    public StatusPublisherTckTest() {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS), TIMEOUT_MILLIS);
    }

    @BeforeClass
    void start() {
        server = JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).start();
        client = Dialects.JAMSOCKET.client(server).build();
    }

    @AfterClass
    void stop() {
        client.close();
        server.close();
    }

    @Override
    public long maxElementsFromPublisher() {
        return States.LIFE.size();
    }

    /** A backend with so many states, which ends with the last of them. */
    @Override
    public Flow.Publisher<BackendState> createFlowPublisher(long elements) {
        String id = client.connect().backendId();
        int size = (int) Math.min(elements, States.LIFE.size());
        States.LIFE.stream()
                .skip(1)
                .limit(Math.max(0, size - 2))
                .forEach(status -> server.moveTo(id, States.of(status)));
        if (elements > 1) {
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
