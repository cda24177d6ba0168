package com.jamsocket.simulation;

import com.jamsocket.internal.Stages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over one connection, as the JDK's HTTP client treats them. A model of a server sends a
 * head, bytes, and an end or a failure; bytes are handed over when the subscriber has asked for them.
 */
final class Exchange<T> implements Flow.Subscription {

    private final HttpRequest request;
    private final BodyHandler<T> handler;
    private final SimulatedTime time;
    private final Executor threads;
    private final Consumer<Exchange<?>> whenClosed;
    private final Answer answer = new Answer();
    private final Queue<Part> parts = new ArrayDeque<>();
    private @Nullable BodySubscriber<T> body;
    private boolean subscribed;
    private long demand;
    private boolean pumping;
    private boolean closed;
    private @Nullable Duration leftAt;
    private Runnable whenLeft = () -> {};

    /** What comes after the head: bytes, an end if there are none, or a failure. */
    private record Part(@Nullable ByteBuffer bytes, @Nullable IOException failure, Runnable whenReceived) {}

    Exchange(
            HttpRequest request,
            BodyHandler<T> handler,
            SimulatedTime time,
            Executor threads,
            Consumer<Exchange<?>> whenClosed) {
        this.request = request;
        this.handler = handler;
        this.time = time;
        this.threads = threads;
        this.whenClosed = whenClosed;
    }

    HttpRequest request() {
        return request;
    }

    CompletableFuture<HttpResponse<T>> answer() {
        return answer;
    }

    /** Whether the client has given it up, or it is over. */
    boolean isClosed() {
        return closed;
    }

    /** Whether the client had not given it up by then. */
    boolean isListenedTo(Duration then) {
        Duration left = leftAt;
        return left == null || left.compareTo(then) > 0;
    }

    /** Tells the server when the client gives it up. */
    void whenLeft(Runnable action) {
        whenLeft = action;
    }

    @Override
    public String toString() {
        return request.method() + " " + request.uri().getPath() + (body == null ? " without a head" : "");
    }

    // --- the server's side ---

    void head(int status, Map<String, List<String>> headers) {
        if (closed) {
            return;
        }
        HttpHeaders fields = HttpHeaders.of(headers, (name, value) -> true);
        BodySubscriber<T> subscriber = handler.apply(new Head(status, fields));
        body = subscriber;
        Stages.whenDone(
                subscriber.getBody(),
                (value, failure) -> threads.execute(() -> {
                    close();
                    if (failure == null) {
                        answer.complete(new Response(status, fields, value));
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        threads.execute(() -> {
            subscribed = true;
            subscriber.onSubscribe(this);
            if (leftAt == null) {
                pump();
            } else {
                subscriber.onError(new IOException("Request cancelled"));
            }
        });
    }

    /** Sends bytes of the body. */
    void bytes(byte[] bytes, Runnable whenReceived) {
        add(new Part(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), null, whenReceived));
    }

    /** Ends the body. */
    void end() {
        add(new Part(null, null, () -> {}));
    }

    /** Breaks the connection, before the head or after it. */
    void fail(IOException failure) {
        if (closed) {
            return;
        }
        if (body == null) {
            close();
            answer.completeExceptionally(failure);
        } else {
            add(new Part(null, failure, () -> {}));
        }
    }

    void headTimeout() {
        if (body == null) {
            fail(new HttpTimeoutException("request timed out"));
        }
    }

    private void add(Part part) {
        if (!closed) {
            parts.add(part);
            pump();
        }
    }

    private void pump() {
        if (!pumping && subscribed && !closed && !parts.isEmpty() && isWanted(parts.peek())) {
            pumping = true;
            threads.execute(this::handOver);
        }
    }

    private boolean isWanted(Part part) {
        return part.bytes == null || demand > 0;
    }

    private void handOver() {
        pumping = false;
        Part part = parts.peek();
        if (closed || part == null || !isWanted(part)) {
            return;
        }
        parts.remove();
        BodySubscriber<T> subscriber = Objects.requireNonNull(body);
        if (part.bytes != null) {
            demand--;
            part.whenReceived.run();
            subscriber.onNext(List.of(part.bytes));
        } else if (part.failure != null) {
            close();
            subscriber.onError(part.failure);
        } else {
            close();
            subscriber.onComplete();
        }
        pump();
    }

    // --- the client's side ---

    @Override
    public void request(long n) {
        demand += n;
        pump();
    }

    @Override
    public void cancel() {
        leave();
    }

    private void leave() {
        if (!closed) {
            leftAt = time.elapsed();
            close();
            BodySubscriber<T> subscriber = body;
            if (subscriber != null && subscribed) {
                threads.execute(() -> subscriber.onError(new IOException("Request cancelled")));
            }
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            parts.clear();
            whenClosed.accept(this);
            whenLeft.run();
        }
    }

    private final class Answer extends CompletableFuture<HttpResponse<T>> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            if (cancelled) {
                leave();
            }
            return cancelled;
        }
    }

    private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    private final class Response implements HttpResponse<T> {
        private final int status;
        private final HttpHeaders headers;
        private final @Nullable T value;

        Response(int status, HttpHeaders headers, @Nullable T value) {
            this.status = status;
            this.headers = headers;
            this.value = value;
        }

        @Override
        public int statusCode() {
            return status;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return headers;
        }

        @Override
        public T body() {
            return Objects.requireNonNull(value);
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
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
