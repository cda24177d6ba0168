package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.http.Credentials;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.HttpTransport;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PublishedStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void leavesNoStreamOpenWhereItIsCancelledWhileThatIsMade() throws Exception {
        AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Hooks hooks = new Hooks() {
            @Override
            public void ended(StreamEnd end) {
                ended.countDown();
            }
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        SystemTicker ticker = new SystemTicker("test-timer");
        try (FakeApi api = new FakeApi()) {
            HttpSettings settings =
                    new HttpSettings(api.url(), Credentials.of(null, Map.of()), PATIENCE, PATIENCE, null, List.of());
            Transport http = new HttpTransport(settings, ticker, threads, threads);
            Transport cancelling = new ForwardingTransport(http) {
                @Override
                public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
                    return http.sendAsync(call, filterExecutor);
                }

                @Override
                public WebTarget target(Call call) {
                    subscription.get().cancel();
                    return http.target(call);
                }
            };
            api.status(FakeApi.state("ready")).stream(api.eventsThenSilence("ready"));
            try (Jamsocket client = SimulatedClient.of(
                    new JamsocketDialect("a", "s", ServerKind.API),
                    cancelling,
                    PATIENCE,
                    hooks,
                    threads,
                    threads,
                    threads,
                    ticker)) {
                client.statusPublisher(FakeApi.ID).subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription given) {
                        subscription.set(given);
                    }

                    @Override
                    public void onNext(BackendState state) {}

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onComplete() {}
                });

                assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                eventually("no stream is open", () -> client.diagnostics().openStreams() == 0);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tellsItsSubscriberOfTheEndWhenThereIsNoThread() {
        List<Throwable> errors = new ArrayList<>();
        Flow.Subscriber<BackendState> subscriber = new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(BackendState state) {}

            @Override
            public void onError(Throwable failure) {
                errors.add(failure);
            }

            @Override
            public void onComplete() {}
        };
        IOException gone = new IOException("gone");

        Executor without = task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        new PublishedStream(subscriber, without, over -> {})
                .open(subscriber, () -> CompletableFuture.failedFuture(gone));

        assertThat(errors).containsExactly(gone);
    }
}
