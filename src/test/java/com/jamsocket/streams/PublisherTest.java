package com.jamsocket.streams;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.Eventually;
import com.jamsocket.testkit.States;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What the publisher promises beyond the rules of Reactive Streams. */
class PublisherTest {

    /** The connection on which the status was asked may be kept, if the stream did not take it over. */
    private static final int IDLE = 1;

    private final AtomicInteger streams = new AtomicInteger();
    private JamsocketDevServer server;
    private Jamsocket client;
    private String id;

    @BeforeEach
    void start() {
        server = JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).start();
        client = Dialect.PLANE
                .clientWithoutRetries(server.url())
                .register((jakarta.ws.rs.client.ClientRequestFilter) request -> {
                    if (request.getUri().getPath().contains("stream")) {
                        streams.incrementAndGet();
                    }
                })
                .build();
        id = client.connect().backendId();
        // The connection of that call may be kept for a while: not to be counted below.
        server.dropConnections();
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    @Test
    void isColdAndGivesEachSubscriberAConnectionOfItsOwn() throws InterruptedException {
        Flow.Publisher<BackendState> publisher = client.statusPublisher(id);
        assertThat(streams).hasValue(0);

        Subscriber one = new Subscriber(Long.MAX_VALUE);
        Subscriber other = new Subscriber(Long.MAX_VALUE);
        publisher.subscribe(one);
        publisher.subscribe(other);
        States.move(server, id, "terminated");

        one.awaitEnd();
        other.awaitEnd();
        assertThat(one.received).isEqualTo(States.LIFE);
        assertThat(other.received).isEqualTo(States.LIFE);
        assertThat(streams).hasValue(2);
    }

    @Test
    void givesWhatIsAskedForAndKeepsTheRest() throws InterruptedException {
        States.move(server, id, "terminated");
        Subscriber subscriber = new Subscriber(2);
        client.statusPublisher(id).subscribe(subscriber);

        eventually("two states", () -> subscriber.received.size() == 2);
        subscriber.subscription.request(3);
        eventually("five states", () -> subscriber.received.size() == 5);
        assertThat(subscriber.ended.getCount()).isEqualTo(1);
        subscriber.subscription.request(2);

        subscriber.awaitEnd();
        assertThat(subscriber.received).isEqualTo(States.LIFE);
        assertThat(subscriber.failures).isEmpty();
    }

    @Test
    void completesWithoutDemandWhenNothingIsLeftToGive() throws InterruptedException {
        Subscriber subscriber = new Subscriber(States.LIFE.size());
        client.statusPublisher(id).subscribe(subscriber);
        States.move(server, id, "terminated");

        subscriber.awaitEnd();
        assertThat(subscriber.received).isEqualTo(States.LIFE);
    }

    @Test
    void failsOnAnUnknownBackend() throws InterruptedException {
        Subscriber subscriber = new Subscriber(1);
        client.statusPublisher("nobody").subscribe(subscriber);

        subscriber.awaitEnd();
        assertThat(subscriber.failures).singleElement().isInstanceOf(BackendNotFoundException.class);
    }

    @Test
    void failsWhenTheClientCloses() throws InterruptedException {
        Subscriber subscriber = new Subscriber(1);
        client.statusPublisher(id).subscribe(subscriber);
        eventually("a state", () -> subscriber.received.size() == 1);

        client.close();

        subscriber.awaitEnd();
        assertThat(subscriber.failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesNoStateAfterTheClientIsClosed() throws InterruptedException {
        States.move(server, id, "terminated");
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Subscriber subscriber = new Subscriber(Long.MAX_VALUE) {
            @Override
            public void onNext(BackendState state) {
                super.onNext(state);
                closed.join();
            }
        };
        client.statusPublisher(id).subscribe(subscriber);
        eventually(
                "a stream that has ended",
                () -> streams.get() == 1 && client.diagnostics().openStreams() == 0);
        eventually("a state", () -> subscriber.received.size() == 1);

        client.close();
        closed.complete(null);

        subscriber.awaitEnd();
        assertThat(subscriber.received).containsExactly("scheduled");
        assertThat(subscriber.failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsAtOnceWhenTheClientClosesThoughStatesThatNobodyAsksForWait() throws InterruptedException {
        States.move(server, id, "terminated");
        Subscriber subscriber = new Subscriber(1);
        client.statusPublisher(id).subscribe(subscriber);
        eventually(
                "a stream that has ended",
                () -> streams.get() == 1 && client.diagnostics().openStreams() == 0);
        eventually("a state", () -> subscriber.received.size() == 1);

        client.close();

        subscriber.awaitEnd();
        assertThat(subscriber.received).containsExactly("scheduled");
        assertThat(subscriber.failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsOnAClientThatIsClosed() throws InterruptedException {
        Flow.Publisher<BackendState> publisher = client.statusPublisher(id);
        client.close();
        Subscriber subscriber = new Subscriber(1);
        publisher.subscribe(subscriber);

        subscriber.awaitEnd();
        assertThat(subscriber.failures)
                .singleElement()
                .isExactlyInstanceOf(IllegalStateException.class)
                .asString()
                .contains("closed");
        assertThatThrownBy(() -> client.statusPublisher(id)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsWhenTheClientClosesWhileItOpens() throws InterruptedException {
        server.inject(Fault.stall().on(Fault.Endpoint.STATUS));
        Subscriber subscriber = new Subscriber(1);
        client.statusPublisher(id).subscribe(subscriber);
        eventually("the connection", () -> server.connections() > 0);

        client.close();

        subscriber.awaitEnd();
        assertThat(subscriber.failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @RepeatedTest(20)
    void refusesDemandThatIsNotPositiveAndDropsTheConnection() throws InterruptedException {
        Subscriber subscriber = new Subscriber(1);
        client.statusPublisher(id).subscribe(subscriber);
        States.move(server, id, "ready");
        eventually("a state", () -> subscriber.received.size() == 1);

        subscriber.subscription.request(0);
        subscriber.subscription.request(-1);

        subscriber.awaitEnd();
        assertThat(subscriber.failures).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(subscriber.received).containsExactly("scheduled");
        eventually("the end of the connection", () -> server.connections() <= IDLE);
    }

    @Test
    void opensNothingForASubscriberThatRefusesAtOnce() throws InterruptedException {
        Subscriber subscriber = new Subscriber(0);
        client.statusPublisher(id).subscribe(subscriber);

        subscriber.awaitEnd();
        assertThat(subscriber.failures).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(streams).hasValue(0);
    }

    @Test
    void cancellingDropsTheConnectionAlsoWhileItOpens() {
        for (int i = 0; i < 20; i++) {
            Subscriber subscriber = new Subscriber(1);
            client.statusPublisher(id).subscribe(subscriber);
            subscriber.subscription.cancel();
        }
        Subscriber last = new Subscriber(1);
        client.statusPublisher(id).subscribe(last);
        eventually("a state", () -> last.received.size() == 1);
        last.subscription.cancel();

        client.close();
        client = null;
        Eventually.afterCollection("no connection is left", () -> server.connections() == 0);
    }

    @Test
    void aSubscriberThatThrowsIsCancelled() {
        Subscriber subscriber = new Subscriber(Long.MAX_VALUE) {
            @Override
            public void onNext(BackendState state) {
                super.onNext(state);
                throw new IllegalStateException("thrown by the subscriber");
            }
        };
        client.statusPublisher(id).subscribe(subscriber);
        eventually("a state", () -> subscriber.received.size() == 1);
        States.move(server, id, "ready");

        eventually("the end of the connection", () -> server.connections() <= IDLE);
        assertThat(subscriber.received).containsExactly("scheduled");
    }

    private static class Subscriber implements Flow.Subscriber<BackendState> {

        final List<String> received = new CopyOnWriteArrayList<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();
        final CountDownLatch ended = new CountDownLatch(1);
        volatile Flow.Subscription subscription;
        private final long demand;

        Subscriber(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(demand);
        }

        @Override
        public void onNext(BackendState state) {
            received.add(state.statusName());
        }

        @Override
        public void onError(Throwable failure) {
            failures.add(failure);
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ended.countDown();
        }

        void awaitEnd() throws InterruptedException {
            assertThat(ended.await(30, TimeUnit.SECONDS)).as("ended").isTrue();
        }
    }
}
