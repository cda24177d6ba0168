package com.jamsocket.internal.sse;

import com.jamsocket.internal.RetryAfter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a stream: the handshake with its redirects, then the signals, until the first of an end, a failure,
 * silence or {@link #cancel}. It reports to its owner on the serial executor: signals in order, then one outcome. Once
 * cancelled it reports nothing more.
 */
final class Connection {
    private static final int MAX_REDIRECTS = 5;

    private final Settings settings;
    private final SerialExecutor serial;
    private final DelayTimer timer;
    private final Owner owner;
    private final SilenceWatch watch;

    /** Touched on the serial executor only. */
    private final EventStreamDecoder decoder;

    // Written by whichever thread the exchange is on, read by whoever cancels.
    private volatile @Nullable Future<?> exchange;
    private volatile @Nullable Body body;
    private volatile boolean cancelled;

    Connection(Settings settings, SerialExecutor serial, DelayTimer timer, String lastEventId, Owner owner) {
        this.settings = settings;
        this.serial = serial;
        this.timer = timer;
        this.owner = owner;
        this.decoder = new EventStreamDecoder(settings.maxEventLength(), lastEventId);
        this.watch = new SilenceWatch(timer, settings.nanoTime(), settings.silenceLimit(), this::silent);
    }

    /** Whom a connection reports to. */
    interface Owner {
        void received(Signal signal);

        void ended(Connection connection, Outcome outcome);
    }

    /** Runs the filters and sends the request. Call it on the serial executor. */
    void start(boolean keepaliveExpected) {
        if (cancelled) {
            return;
        }
        Handshake.Prepared prepared;
        try {
            prepared = settings.handshake().prepare(decoder.lastEventId());
        } catch (RuntimeException failure) {
            report(new Outcome.Lost(failure));
            return;
        }
        if (keepaliveExpected && !cancelled) {
            watch.arm();
        }
        if (prepared instanceof Handshake.Ready ready) {
            send(ready.request(), 0);
        } else if (prepared instanceof Handshake.Impossible impossible) {
            report(new Outcome.Refused(impossible.cause()));
        } else if (prepared instanceof Answer answer) {
            judge(answer);
        }
    }

    /** The id of the last event that was complete. Call it on the serial executor. */
    String lastEventId() {
        return decoder.lastEventId();
    }

    /** Gives the connection up, in whatever state it is. Returns at once; the server sees the end of the connection. */
    void cancel() {
        cancelled = true;
        release();
    }

    /** Called after each write that it reads, so that whichever of two threads comes second sees both writes. */
    private void release() {
        Future<?> currentExchange = exchange;
        if (currentExchange != null) {
            currentExchange.cancel(true);
        }
        Body currentBody = body;
        if (currentBody != null) {
            currentBody.cancel();
        }
        watch.stop();
    }

    private void send(HttpRequest request, int redirects) {
        if (cancelled) {
            return;
        }
        CompletableFuture<HttpResponse<String>> answer = settings.client().sendAsync(request, this::receive);
        exchange = answer;
        if (cancelled) {
            release();
        }
        CompletionStage<HttpResponse<String>> end = answer;
        end.whenComplete((response, failure) -> serial.execute(() -> conclude(request, redirects, response, failure)));
    }

    private Body receive(HttpResponse.ResponseInfo head) {
        Body received = Verdict.on(head.statusCode(), head.headers()) == Verdict.STREAM
                ? new EventStreamBody(decoder, serial, watch, this::received)
                : new LimitedBody(timer);
        body = received;
        if (cancelled) {
            release();
        }
        return received;
    }

    private void received(Signal signal) {
        if (signal instanceof Signal.Comment && !cancelled) {
            watch.arm();
        }
        owner.received(signal);
    }

    private void conclude(
            HttpRequest request, int redirects, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            report(cause instanceof EventTooLongException ? new Outcome.Refused(cause) : new Outcome.Lost(cause));
        } else if (Verdict.on(response.statusCode(), response.headers()) == Verdict.REDIRECT) {
            redirect(request, redirects, Answer.of(response));
        } else if (Verdict.on(response.statusCode(), response.headers()) == Verdict.STREAM) {
            report(new Outcome.Lost(null));
        } else {
            judge(Answer.of(response));
        }
    }

    private void judge(Answer answer) {
        report(
                switch (Verdict.on(answer.status(), answer.headers())) {
                    case OVER -> new Outcome.Over();
                    case RETRY ->
                        new Outcome.Lost(
                                new HandshakeException("The server cannot serve the event stream now", answer),
                                retryAfter(answer));
                    case REFUSED -> refused("The server did not answer with an event stream", answer);
                    case STREAM, REDIRECT -> refused("A filter answered in the place of the server", answer);
                });
    }

    private Duration retryAfter(Answer answer) {
        String value = answer.headers().firstValue("Retry-After").orElse(null);
        Duration asked = RetryAfter.parse(value, settings.clock().instant());
        return asked == null ? Duration.ZERO : asked;
    }

    private void redirect(HttpRequest request, int redirects, Answer answer) {
        URI destination = answer.headers()
                .firstValue("Location")
                .flatMap(location -> resolve(request.uri(), location))
                .orElse(null);
        if (destination == null) {
            report(refused("The server redirected to no address", answer));
        } else if (!Origin.of(destination).equals(Origin.of(request.uri()))) {
            report(refused(
                    "The server redirected to another origin, " + Origin.of(destination)
                            + ", which is not followed for the sake of the credentials",
                    answer));
        } else if (redirects == MAX_REDIRECTS) {
            report(refused("The server redirected more than " + MAX_REDIRECTS + " times", answer));
        } else {
            send(Handshake.redirected(request, destination), redirects + 1);
        }
    }

    private static Optional<URI> resolve(URI base, String location) {
        try {
            return Optional.of(base.resolve(location));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Outcome refused(String problem, Answer answer) {
        return new Outcome.Refused(new HandshakeException(problem, answer));
    }

    private void silent() {
        serial.execute(() -> report(
                new Outcome.Lost(new HttpTimeoutException("The server was silent for " + settings.silenceLimit()))));
    }

    private void report(Outcome outcome) {
        if (!cancelled) {
            owner.ended(this, outcome);
        }
    }
}
