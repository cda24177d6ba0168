package com.jamsocket.streams;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.States;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/**
 * The rules of Reactive Streams for publishers, as their test kit has them. A backend has a bounded number of states,
 * so what needs an endless stream is skipped by the kit.
 */
@Test
public class StatusPublisherTckTest extends FlowPublisherVerification<BackendState> {

    /** For tests that fail. */
    private static final long TIMEOUT_MILLIS = 10_000;

    private static final long SILENCE_MILLIS = 100;

    /** Version 1.0.4 of the kit computes the time left wrongly: it looks for an error once, after this time. */
    private static final long POLL_MILLIS = 1000;

    /** Statuses that this version does not know make a life longer. */
    private static final int LONGEST_LIFE = 50;

    private final Set<String> shortest = ConcurrentHashMap.newKeySet();
    private JamsocketDevServer server;
    private Jamsocket client;

    /** Made by the test engine. */
    public StatusPublisherTckTest() {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS, POLL_MILLIS), TIMEOUT_MILLIS);
    }

    @BeforeClass
    void start() {
        server = JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).start();
        client = Dialect.PLANE
                .clientWithoutRetries(server.url())
                .statusCheckInterval(Duration.ofMillis(200))
                .register((ClientRequestFilter) this::forgetOnReconnect)
                .build();
    }

    @AfterClass
    void stop() {
        client.close();
        server.close();
    }

    private void forgetOnReconnect(ClientRequestContext request) {
        if (request.getHeaders().containsKey("Last-Event-ID")) {
            shortest.stream().filter(request.getUri().getPath()::contains).forEach(server::forget);
        }
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
            // A backend begins with one state. It is the only one if the server has forgotten it by the next
            // connection.
            server.inject(Fault.end().at(Fault.Moment.BETWEEN_EVENTS).forBackend(id));
            shortest.add(id);
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
