package com.jamsocket.observe;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusListener;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.RecordedRequest;
import com.jamsocket.testkit.ReservedPort;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpenTelemetry shows of a client. */
class OpenTelemetryTest {

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final JamsocketDevServer server = JamsocketDevServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Jamsocket.Builder traced() {
        Jamsocket.Builder builder = Jamsocket.builder().dev(server.port());
        JamsocketOpenTelemetry.traces(builder, TELEMETRY.getOpenTelemetry());
        return builder;
    }

    private static void inSpan(String name, Consumer<Span> action) {
        Span span =
                TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder(name).startSpan();
        try (Scope scope = span.makeCurrent()) {
            action.accept(span);
        } finally {
            span.end();
        }
    }

    private static List<SpanData> attempts() {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .toList();
    }

    @Test
    void measuresAClient() {
        Jamsocket.Builder builder = Jamsocket.builder().dev(server.port());
        JamsocketOpenTelemetry.metrics(builder, TELEMETRY.getOpenTelemetry());
        try (Jamsocket client = builder.build()) {
            client.statusStream(client.connect().backendId(), state -> {});

            assertThat(TELEMETRY.getMetrics())
                    .anySatisfy(metric -> {
                        assertThat(metric.getName()).isEqualTo("jamsocket.calls");
                        assertThat(metric.getUnit()).isEqualTo("s");
                        assertThat(metric.getHistogramData().getPoints()).anySatisfy(point -> assertThat(
                                        point.getAttributes().asMap())
                                .isEqualTo(Map.of(
                                        AttributeKey.stringKey("client"), "default",
                                        AttributeKey.stringKey("operation"), "connect",
                                        AttributeKey.stringKey("outcome"), "ok")));
                    })
                    .anySatisfy(metric -> {
                        assertThat(metric.getName()).isEqualTo("jamsocket.streams");
                        assertThat(metric.getLongGaugeData().getPoints())
                                .anySatisfy(
                                        point -> assertThat(point.getValue()).isEqualTo(1));
                    });
        }
        TELEMETRY.clearMetrics();
        assertThat(TELEMETRY.getMetrics()).noneMatch(metric -> metric.getName().equals("jamsocket.streams"));
    }

    @Test
    void everyAttemptIsASpanBelowThatOfTheCaller() {
        try (Jamsocket client = traced().build()) {
            inSpan("blocking", span -> assertIsTraced(span, client::connect, 200));
            inSpan(
                    "repeatable",
                    span -> assertIsTraced(
                            span,
                            () -> assertThatThrownBy(() -> client.status("unknown"))
                                    .isInstanceOf(BackendNotFoundException.class),
                            404));
            inSpan(
                    "non-blocking",
                    span -> assertIsTraced(
                            span,
                            () -> client.async().connect().toCompletableFuture().join(),
                            200));
        }
    }

    private void assertIsTraced(Span caller, Runnable call, int status) {
        TELEMETRY.clearSpans();
        call.run();

        eventually("a span", () -> !attempts().isEmpty());
        assertThat(attempts()).hasSize(status == 404 ? attempts().size() : 1).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
            assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                    .isEqualTo(status);
            assertThat(span.getAttributes().get(AttributeKey.stringKey("server.address")))
                    .isNotEmpty();
            assertThat(span.getAttributes().get(AttributeKey.longKey("server.port")))
                    .isEqualTo(server.port());
            assertThat(span.getName())
                    .isEqualTo(span.getAttributes().get(AttributeKey.stringKey("http.request.method")));
            assertThat(span.getStatus().getStatusCode()).isEqualTo(status < 400 ? StatusCode.UNSET : StatusCode.ERROR);
        });
        assertThat(lastRequest().headers().get("traceparent"))
                .singleElement()
                .asString()
                .contains(caller.getSpanContext().getTraceId())
                .contains(attempts().get(attempts().size() - 1).getSpanId());
    }

    @Test
    void aRetrySaysHowOftenItsRequestWasSentBefore() {
        server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(2));
        ConnectRequest request = ConnectRequest.builder().key("room").build();
        try (Jamsocket client = traced().build()) {
            client.connect(request);
            server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(1));
            client.async().connect(request).toCompletableFuture().join();

            assertThat(attempts())
                    .extracting(
                            span -> span.getAttributes().get(AttributeKey.longKey("http.response.status_code")),
                            span -> span.getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
                    .containsExactly(
                            tuple(503L, null), tuple(503L, 1L), tuple(200L, 2L), tuple(503L, null), tuple(200L, 1L));
        }
    }

    private RecordedRequest lastRequest() {
        List<RecordedRequest> requests = server.requests();
        return requests.get(requests.size() - 1);
    }

    @Test
    void whatIsTracedAlreadyIsNotTracedTwice() {
        ClientRequestFilter ofTheServer = request -> request.getHeaders()
                .putSingle("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        try (Jamsocket client = traced().register(ofTheServer).build()) {
            client.connect();
            assertThatThrownBy(() -> client.status("unknown")).isInstanceOf(BackendNotFoundException.class);

            assertThat(attempts()).isEmpty();
            assertThat(lastRequest().headers().get("traceparent"))
                    .singleElement()
                    .asString()
                    .contains("b7ad6b7169203331");
        }
    }

    @Test
    void aFailureIsAnError() {
        try (ReservedPort nobody = new ReservedPort();
                Jamsocket client =
                        traced().dev(nobody.number()).retryTime(Duration.ZERO).build()) {
            assertThatThrownBy(client::connect).isInstanceOf(RuntimeException.class);

            assertThat(attempts()).singleElement().satisfies(span -> {
                assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
                assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                        .isEqualTo("com.jamsocket.JamsocketConnectionException");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"https://api.example/v2, 443", "http://plane.example/v2, 80", "https://api.example:8443/v2, 8443"})
    void aSpanNamesThePortAlsoWhereTheAddressDoesNot(String address, long port) {
        AttemptSpan attempt = attempt(address);
        attempt.begin(new MultivaluedHashMap<>());
        attempt.answered(200);

        assertThat(attempts()).singleElement().satisfies(span -> assertThat(
                        span.getAttributes().get(AttributeKey.longKey("server.port")))
                .isEqualTo(port));
    }

    @Test
    void anAttemptIsOneSpanHoweverOftenItsHeadersAreMadeAndItsEndIsTold() {
        AttemptSpan attempt = attempt("https://api.example/v2");
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        attempt.begin(headers);
        Object context = headers.getFirst("traceparent");
        attempt.begin(headers);
        assertThat(headers.getFirst("traceparent")).isEqualTo(context).isNotNull();
        attempt.answered(200);
        attempt.failed(new IllegalStateException("told late"));

        assertThat(attempts())
                .singleElement()
                .satisfies(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
    }

    @Test
    void anAttemptThatIsOverBeforeItsHeadersAreMadeIsNoSpan() {
        AttemptSpan attempt = attempt("https://api.example/v2");
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        attempt.failed(new IllegalStateException("given up"));
        attempt.begin(headers);

        assertThat(attempts()).isEmpty();
        assertThat(headers).isEmpty();
    }

    private static AttemptSpan attempt(String address) {
        return new AttemptSpan(
                TELEMETRY.getOpenTelemetry().getTracer("test"),
                TELEMETRY.getOpenTelemetry().getPropagators().getTextMapPropagator(),
                "GET",
                URI.create(address),
                0);
    }

    @Test
    void theContextOfTheCallerGoesAlong() {
        try (Jamsocket client = traced().build()) {
            CompletableFuture<String> continuation = new CompletableFuture<>();
            CompletableFuture<String> listener = new CompletableFuture<>();
            CompletableFuture<String> subscriber = new CompletableFuture<>();
            inSpan("caller", span -> {
                var connected = client.async().connect();
                String id = connected.toCompletableFuture().join().backendId();
                connected.thenRun(() -> continuation.complete(traceId()));
                client.statusStream(id, (StatusListener) state -> listener.complete(traceId()));
                client.statusPublisher(id).subscribe(new Completing(subscriber));

                String caller = span.getSpanContext().getTraceId();
                assertThat(continuation.join()).isEqualTo(caller);
                assertThat(listener.join()).isEqualTo(caller);
                assertThat(subscriber.join()).isEqualTo(caller);
                client.awaitReady(id, Duration.ofSeconds(30));
                client.async()
                        .awaitReady(id, Duration.ofSeconds(30))
                        .toCompletableFuture()
                        .join();
                assertThat(server.requests())
                        .filteredOn(request -> request.path().endsWith("/status/stream"))
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(request -> assertThat(request.headers().get("traceparent"))
                                .singleElement()
                                .asString()
                                .contains(caller));
            });
        }
    }

    private static String traceId() {
        return Span.current().getSpanContext().getTraceId();
    }

    private record Completing(CompletableFuture<String> trace) implements Flow.Subscriber<BackendState> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(BackendState state) {
            trace.complete(traceId());
        }

        @Override
        public void onError(Throwable failure) {
            trace.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {}
    }
}
