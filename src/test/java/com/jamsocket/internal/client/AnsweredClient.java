package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.dev.time.ForwardingHttpClient;
import com.jamsocket.internal.http.Credentials;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The calls and the streams of a client to which everything that they send has the same answer, or none. */
final class AnsweredClient {

    private static final URI SERVER = URI.create("https://localhost/");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final HttpSettings HTTP =
            new HttpSettings(SERVER, Credentials.of(null, Map.of()), LIMIT, LIMIT, null, List.of());
    private static final ClientSettings SETTINGS = settings();
    private static final WebTarget TARGET = target();
    private static final HttpClient JDK = HttpClient.newHttpClient();

    private final Dialect dialect;
    private final ManualTicker ticker = new ManualTicker();
    private final Threads threads = new DirectThreads();
    private final Transport transport = new AnsweredTransport();
    private final CallWatch watch = new CallWatch(Hooks.NONE, ticker);
    private final Calls calls;
    private Answer answer = new Answer(200, Map.of(), "");
    private @Nullable IOException failure;
    private int sent;

    /** What everything is answered with; header names in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * What came of a call, or a stream.
     *
     * @param exception what it failed with, by its name; empty for a stream that goes on
     * @param goesOn whether it was sent again, or is to be
     */
    record Outcome(String exception, boolean goesOn) {

        static Outcome failed(Throwable failure, boolean goesOn) {
            return new Outcome(failure.getClass().getSimpleName(), goesOn);
        }
    }

    AnsweredClient(Dialect dialect) {
        this.dialect = dialect;
        this.calls = new Calls(dialect.server(), transport, SETTINGS, threads, new PendingResults(), watch);
    }

    private static ClientSettings settings() {
        SettingValues settings = new SettingValues();
        settings.set(Setting.RETRY_TIME, Duration.ofSeconds(2));
        settings.set(Setting.MAX_WAITING_CALLS, 1);
        settings.set(Setting.STREAM_OPENINGS, 1);
        return new ClientSettings(settings, ReconnectPolicy.ofDefaults());
    }

    Dialect dialect() {
        return dialect;
    }

    /** The same, with this answer from now on. */
    AnsweredClient answering(Answer answer) {
        this.answer = answer;
        this.failure = null;
        return this;
    }

    /** The same, with no answer from now on. */
    AnsweredClient failing(IOException failure) {
        this.failure = failure;
        return this;
    }

    /** Makes a call, with all its attempts. */
    Outcome call(Call call) {
        sent = 0;
        CompletableFuture<String> result =
                calls.operation("call", call, body -> "", then -> {}).start();
        ticker.advance(LIMIT);
        assertThat(result).as("%s", call).isCompletedExceptionally();
        return Outcome.failed(
                result.handle((value, failure) -> Failures.require(failure)).join(), sent > 1);
    }

    /** Follows a backend that is known to exist. */
    Outcome stream(String backendId) {
        Openings openings = new Openings(1, LIMIT, ticker, () -> {});
        Heard heard = new Heard();
        try (OpenStreams streams = new OpenStreams(
                dialect,
                transport,
                SETTINGS,
                new StatusProbe(dialect, transport, calls, threads, openings),
                openings,
                threads,
                watch)) {
            var unused = streams.follow(backendId, heard, UnaryOperator.identity());
            return Objects.requireNonNull(heard.outcome, "nothing was heard of the stream");
        }
    }

    private static WebTarget target() {
        Client client = ClientBuilder.newClient();
        HttpEventSource.prepare(client, Set.of());
        return client.target(SERVER);
    }

    /** Hears how the first connection ended. */
    private static final class Heard implements StatusListener {
        private @Nullable Outcome outcome;

        @Override
        public void onState(BackendState state) {
            throw new AssertionError("a state in an answer that is none: " + state);
        }

        @Override
        public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
            hear(new Outcome("", true));
        }

        @Override
        public void onEnd(StreamEnd end) {
            if (end instanceof StreamEnd.Failed failed) {
                hear(Outcome.failed(failed.cause(), false));
            } else if (end instanceof StreamEnd.Forgotten) {
                hear(Outcome.failed(Failures.forgotten("b1"), false));
            }
        }

        private void hear(Outcome first) {
            if (outcome == null) {
                outcome = first;
            }
        }
    }

    private final class DirectThreads extends Threads {

        private final ExecutorService direct = new Direct();

        DirectThreads() {
            super(Runnable::run, 1, AnsweredClient.this.ticker);
        }

        @Override
        ExecutorService calls() {
            return direct;
        }

        @Override
        Executor progress() {
            return direct;
        }
    }

    /** Runs tasks at once, on the thread that brings them. */
    private static final class Direct extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }
    }

    private final class AnsweredTransport implements Transport {

        private final HttpClient streams = new AnsweredHttp();

        @Override
        public boolean needsThread(Call call) {
            return true;
        }

        @Override
        public Reply send(Call call, FollowUps followUps) {
            sent++;
            if (failure != null) {
                throw NoAnswer.to(call, HTTP, failure);
            }
            return new Reply(answer.status(), answer.headers(), answer.bytes());
        }

        @Override
        public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
            throw new UnsupportedOperationException("nothing is asked before a stream is opened, or opened again");
        }

        @Override
        public boolean hasFilters() {
            return false;
        }

        @Override
        public int credentials() {
            return 0;
        }

        @Override
        public boolean renewCredentials(int refused) {
            return false;
        }

        @Override
        public WebTarget target(Call call) {
            return TARGET.path(call.path());
        }

        @Override
        public HttpClient streams() {
            return streams;
        }

        @Override
        public void close() {}
    }

    /** Gives the answer at once, on the thread that asks. */
    private final class AnsweredHttp extends ForwardingHttpClient {

        AnsweredHttp() {
            super(JDK);
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            Head head = new Head(answer);
            BodySubscriber<T> body = handler.apply(head);
            body.onSubscribe(new Unlimited());
            body.onNext(List.of(ByteBuffer.wrap(answer.bytes())));
            body.onComplete();
            return body.getBody().toCompletableFuture().thenApply(read -> new Response<>(request, head, read));
        }
    }

    private record Head(Answer answer) implements HttpResponse.ResponseInfo {

        @Override
        public int statusCode() {
            return answer.status();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(
                    answer.headers().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                    (name, value) -> true);
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private record Response<T>(HttpRequest request, Head head, T body) implements HttpResponse<T> {

        @Override
        public int statusCode() {
            return head.statusCode();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return head.headers();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return head.version();
        }
    }

    /** All of the body is there. */
    private static final class Unlimited implements Flow.Subscription {

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
