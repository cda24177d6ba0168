package com.jamsocket.internal.sse;

import com.jamsocket.internal.Ticker;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source of server-sent events over the JDK's non-blocking HTTP client: no thread per stream, prompt close, and the
 * same behaviour under every JAX-RS implementation, of which it uses the filters and headers of a {@link WebTarget}
 * only.
 *
 * <p><b>Course.</b> Once opened, the source connects, hands over events, and reconnects with {@link Backoff} when the
 * connection is refused, reset, ended by the server or silent for too long, and where {@link RetryPolicy} retries. It
 * sends the id of the last event it was given. See {@link SourceLifecycle} for its states.
 *
 * <p><b>End.</b> The source ends for good by {@link #close()} and on 204: {@code onComplete} is called. It ends with an
 * error on any other answer than an event stream ({@link HandshakeException}), on an event over the limit ({@link
 * EventTooLongException}) and at the limit of the back-off ({@link ReconnectLimitException}): {@code onError} is
 * called, then {@code onComplete}. The end is told once, after the last event, also if the source was never opened. If
 * the executor or the ticker rejects work, that counts as {@link #close()}.
 *
 * <p><b>Threads.</b> Callbacks run on the executor, one after the other, in order; JAX-RS request filters run beside
 * them. Only where the executor rejects does the end run on the thread that found out. No call blocks. A callback that
 * throws is logged, and the stream goes on. While a callback runs, the server is held back.
 *
 * <p>Source: Jakarta REST, {@code SseEventSource}; WHATWG HTML, server-sent events. It departs from Jakarta REST where
 * that ends a stream on what may pass (503 without {@code Retry-After}, 429, other 5xx), and in {@link #close()}.
 */
public final class HttpEventSource implements SseEventSource {
    private final Consumers consumers = new Consumers();
    private final SourceLifecycle lifecycle;

    private HttpEventSource(SourceOptions options) {
        lifecycle = new SourceLifecycle(options, consumers);
    }

    /**
     * A builder of a source for {@code target}. This is the only way to one: it is no service provider, so that {@link
     * SseEventSource#target} stays the platform's.
     *
     * <p>A target of a client that {@link #prepare} has seen is used as it is. For others a copy is made which has a
     * client runtime of its own in most implementations; that is dear where there are many streams.
     */
    public static Builder newBuilder(WebTarget target) {
        return new Builder().target(target);
    }

    /**
     * Makes all targets derived from a client ready for sources. Ordinary calls of the client are not affected.
     *
     * @param configurable a client, its builder, or a target
     */
    public static void prepare(Configurable<?> configurable) {
        prepare(configurable, null);
    }

    /**
     * The same, for a client whose request filters are known: they need not run for each request then.
     *
     * @param constant the headers that the filters set, each time to the same, if they do nothing else; null if they
     *     may do anything
     */
    public static void prepare(Configurable<?> configurable, @Nullable Set<String> constant) {
        var unused = Handshake.prepare(configurable, constant);
    }

    @Override
    public void register(Consumer<InboundSseEvent> onEvent) {
        register(onEvent, error -> {});
    }

    @Override
    public void register(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError) {
        register(onEvent, onError, () -> {});
    }

    /** {@inheritDoc} Register before {@link #open}, else events may be missed; after the end nothing is called. */
    @Override
    public void register(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError, Runnable onComplete) {
        requireArgument(onEvent, "onEvent");
        requireArgument(onError, "onError");
        requireArgument(onComplete, "onComplete");
        consumers.add(onEvent, onError, onComplete);
    }

    /**
     * Begins to connect and returns.
     *
     * @throws IllegalStateException if the source was opened or closed before
     */
    @Override
    public void open() {
        lifecycle.open();
    }

    /** Whether the source was opened and has not ended. It stays open between two connections. */
    @Override
    public boolean isOpen() {
        return lifecycle.isOpen();
    }

    /**
     * Ends the source and returns at once, whatever it is doing and whoever calls. The connection is dropped, no {@code
     * onEvent} starts any more, and {@code onComplete} follows the callback that is running. Other than the interface
     * has it, this never waits; {@link #close(long, TimeUnit)} does. Closing again changes nothing.
     */
    @Override
    public void close() {
        lifecycle.close();
    }

    /**
     * Ends the source as {@link #close()} does, then waits until its last callback has returned. Called from a callback
     * it does not wait, for it would wait for itself.
     *
     * @return whether the last callback has returned
     */
    @Override
    public boolean close(long timeout, TimeUnit unit) {
        lifecycle.close();
        return lifecycle.awaitEnd(timeout, unit);
    }

    /**
     * Tells that something new was delivered, so that the back-off starts afresh. Nothing else restarts it but a
     * connection that the server has kept up for longer than the cap: a server that replays its history on each
     * connection would otherwise be asked again without pause. To be called from {@code onEvent}.
     */
    public void progressed() {
        lifecycle.progressed();
    }

    /**
     * Drops the present connection, once the events that it has brought by now are told, and makes another after the
     * next delay of the back-off. Without a connection nothing happens. Returns at once, and may be called by any
     * thread.
     *
     * @param cause why the connection is not trusted, for {@link ReconnectListener} and the error at a limit
     */
    public void reconnect(Throwable cause) {
        lifecycle.reconnect(Objects.requireNonNull(cause, "cause"));
    }

    /**
     * Drops the present connection and makes another at once, without the id of the last event: a server that keeps its
     * history then tells all of it. A delay before a reconnection is cut short. Returns at once, and may be called by
     * any thread.
     */
    public void replay() {
        lifecycle.replay();
    }

    /**
     * Runs a task as callbacks are run, after the events that have been received by now. For decisions on the present
     * connection, which would else overtake what it has brought. Returns at once, and may be called by any thread.
     */
    public void afterReceived(Runnable task) {
        lifecycle.afterReceived(task);
    }

    /**
     * Ends the delay before a reconnection, for there is reason to think that it is not in vain. What the server has
     * asked for stays. Returns at once, and may be called by any thread.
     */
    public void hurry() {
        lifecycle.hurry();
    }

    /** Whether the server has sent a keepalive since this source was opened. If so, silence is watched. */
    public boolean keepaliveSeen() {
        return lifecycle.keepaliveSeen();
    }

    /** Whether a connection stands: the server has answered with an event stream that has not ended. */
    public boolean isConnected() {
        return lifecycle.isConnected();
    }

    /** Whether the server has said, with 204, that nothing will ever come. */
    public boolean isOver() {
        return lifecycle.isOver();
    }

    private static void requireArgument(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
    }

    /**
     * Defaults: exponential back-off from 250 ms to 30 s without limit, 45 s of silence, events up to 1 MiB, no id to
     * resume after, nothing asked before a reconnection. The HTTP client, the executor and the ticker must be given;
     * they are shared, and never closed by a source. Builders may be reused; they are not for several threads at a
     * time.
     */
    public static final class Builder extends SseEventSource.Builder {
        private @Nullable WebTarget target;
        private @Nullable HttpClient client;
        private @Nullable Executor executor;
        private @Nullable Executor filterExecutor;
        private @Nullable Ticker ticker;
        private @Nullable Backoff backoff;
        private @Nullable RetryPolicy retryPolicy;
        private @Nullable Duration firstDelay;
        private Duration silenceLimit = Duration.ofSeconds(45);
        private int maxEventLength = 1024 * 1024;
        private String lastEventId = "";
        private ReconnectListener reconnectListener = (attempt, delay, cause) -> {};
        private Admission admission = Admission.FREE;

        private Builder() {}

        @Override
        protected Builder target(WebTarget endpoint) {
            target = Objects.requireNonNull(endpoint, "target");
            return this;
        }

        /** Sets the first delay of the back-off; it grows from there. */
        @Override
        public Builder reconnectingEvery(long delay, TimeUnit unit) {
            firstDelay = Duration.of(delay, unit.toChronoUnit());
            return this;
        }

        /**
         * The HTTP client, required. It must not follow redirects, for the source does and keeps to the origin.
         *
         * @throws IllegalArgumentException if the client follows redirects
         */
        public Builder httpClient(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException("The HTTP client must be built with followRedirects(NEVER)");
            }
            this.client = client;
            return this;
        }

        /** Runs callbacks, required, and request filters. One thread may serve many sources. */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Runs request filters in the place of {@link #executor}: they may block, and should not keep it from its work.
         */
        public Builder filterExecutor(Executor executor) {
            this.filterExecutor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** Time, chance and delays, required. */
        public Builder ticker(Ticker ticker) {
            this.ticker = Objects.requireNonNull(ticker, "ticker");
            return this;
        }

        /** Which refusals are retried. Default: {@link RetryPolicy#byStatus}. */
        public Builder retryPolicy(RetryPolicy policy) {
            this.retryPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** The delays before reconnections and their limits. */
        public Builder backoff(Backoff backoff) {
            this.backoff = Objects.requireNonNull(backoff, "backoff");
            return this;
        }

        /**
         * After how long without a byte a connection counts as dead. It applies once a keepalive (a comment) was seen:
         * a server that sends none may be silent for as long as it likes. Time in callbacks does not count.
         */
        public Builder silenceLimit(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("The silence limit must be positive: " + limit);
            }
            this.silenceLimit = limit;
            return this;
        }

        /** The most bytes of a line, and of the data of an event. */
        public Builder maxEventLength(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("The maximum event length must be positive: " + bytes);
            }
            this.maxEventLength = bytes;
            return this;
        }

        /** The event to resume after, by its id; empty for none. */
        public Builder lastEventId(String id) {
            this.lastEventId = Objects.requireNonNull(id, "id");
            return this;
        }

        /** Hears of each reconnection. */
        public Builder onReconnecting(ReconnectListener listener) {
            this.reconnectListener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Admits each connection; without one, all go at once. */
        public Builder admission(Admission admission) {
            this.admission = Objects.requireNonNull(admission, "admission");
            return this;
        }

        /**
         * {@inheritDoc}
         *
         * @throws IllegalStateException if the HTTP client, the executor or the ticker is missing
         */
        @Override
        public HttpEventSource build() {
            HttpClient http = required(client, "httpClient");
            Executor callbacks = required(executor, "executor");
            Ticker time = required(ticker, "ticker");
            Backoff delays = backoff == null ? Backoff.exponential(time) : backoff;
            return new HttpEventSource(new SourceOptions(
                    new Handshake(required(target, "target")),
                    http,
                    callbacks,
                    filterExecutor == null ? callbacks : filterExecutor,
                    time,
                    firstDelay == null ? delays : delays.withInitialDelay(firstDelay),
                    silenceLimit,
                    maxEventLength,
                    lastEventId,
                    retryPolicy == null ? RetryPolicy.byStatus(time) : retryPolicy,
                    reconnectListener,
                    admission));
        }

        private static <T> T required(@Nullable T value, String name) {
            if (value == null) {
                throw new IllegalStateException("An event source needs " + name);
            }
            return value;
        }
    }
}
