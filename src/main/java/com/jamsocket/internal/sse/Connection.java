package com.jamsocket.internal.sse;

import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.Redirect;
import com.jamsocket.internal.SerialExecutor;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a stream: the handshake with its redirects, then the signals, until the first of an end, a failure,
 * silence or {@link #cancel}. It reports to its owner on the serial executor: signals in order, then one outcome. Once
 * cancelled it reports nothing more.
 */
final class Connection {
    private final SourceOptions options;
    private final SerialExecutor serial;
    private final DelayTimer timer;
    private final Owner owner;
    private final Admission.Turn turn;
    private final SilenceWatch watch;

    /** Touched on the serial executor only. */
    private final EventStreamDecoder decoder;

    // Written by whichever thread the exchange is on, read by whoever cancels.
    private volatile @Nullable HttpExchange exchange;
    private volatile boolean cancelled;
    private volatile @Nullable Long standsSince;

    /** How much of that the server has been silent for at the end. Touched on the serial executor only. */
    private Duration silence = Duration.ZERO;

    Connection(
            SourceOptions options,
            SerialExecutor serial,
            DelayTimer timer,
            String lastEventId,
            Admission.Turn turn,
            Owner owner) {
        this.options = options;
        this.serial = serial;
        this.timer = timer;
        this.turn = turn;
        this.owner = owner;
        this.decoder = new EventStreamDecoder(options.maxEventLength(), lastEventId);
        this.watch = new SilenceWatch(timer, options.ticker()::nanoTime, options.silenceLimit(), this::silent);
    }

    /** Whom a connection reports to. */
    interface Owner {
        void received(Signal signal);

        void ended(Connection connection, Outcome outcome);

        /** An executor rejects work: it was shut down. */
        void close();
    }

    /**
     * For how long the server has kept the stream up, without the silence for which it was given up. Call it on the
     * serial executor.
     */
    Duration stood() {
        Long since = standsSince;
        return since == null
                ? Duration.ZERO
                : Duration.ofNanos(options.ticker().nanoTime() - since).minus(silence);
    }

    /** Whether the server has answered with a stream, as far as this knows. */
    boolean isReceiving() {
        HttpExchange current = exchange;
        return current != null && current.body() instanceof EventStreamBody && !cancelled;
    }

    /** Has the filters run and sends the request. Call it on the serial executor. */
    void start(boolean keepaliveExpected) {
        String resumeAfter = decoder.lastEventId();
        try {
            options.filterExecutor().execute(() -> {
                if (!cancelled) {
                    prepare(resumeAfter, keepaliveExpected);
                }
            });
        } catch (RejectedExecutionException rejection) {
            owner.close();
        }
    }

    /** Not on the serial executor: a filter may block, and must not keep the source from being closed. */
    private void prepare(String resumeAfter, boolean keepaliveExpected) {
        Handshake.Prepared prepared;
        try {
            prepared = options.handshake().prepare(resumeAfter);
        } catch (RuntimeException | Error failure) {
            serial.execute(() -> report(new Outcome.Lost(failure)));
            return;
        }
        serial.execute(() -> proceed(prepared, keepaliveExpected));
    }

    private void proceed(Handshake.Prepared prepared, boolean keepaliveExpected) {
        if (keepaliveExpected && !cancelled) {
            watch.arm();
        }
        if (prepared instanceof Handshake.Ready ready) {
            send(ready.request(), 0);
        } else if (prepared instanceof Handshake.Impossible impossible) {
            report(new Outcome.Refused(impossible.cause()));
        } else {
            judge((BufferedResponse) prepared);
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
        HttpExchange current = exchange;
        if (current != null) {
            current.cancel();
        }
        watch.stop();
        turn.close();
    }

    private void send(HttpRequest request, int redirects) {
        if (cancelled) {
            return;
        }
        HttpExchange sent = new HttpExchange(this::bodyFor, (answer, failure) -> {
            if (!cancelled) {
                serial.execute(() -> conclude(request, redirects, answer, failure));
            }
        });
        exchange = sent;
        if (cancelled) {
            release();
        }
        sent.send(options.client(), request);
    }

    private Body bodyFor(HttpResponse.ResponseInfo head) {
        turn.concluded(null);
        if (Verdict.on(head.statusCode(), head.headers()) != Verdict.STREAM) {
            return LimitedBody.excerpt(timer);
        }
        turn.close();
        standsSince = options.ticker().nanoTime();
        return new EventStreamBody(decoder, serial, watch, this::received);
    }

    private void received(Signal signal) {
        if (signal instanceof Signal.Comment && !cancelled) {
            watch.arm();
        }
        owner.received(signal);
    }

    private void conclude(
            HttpRequest request, int redirects, @Nullable BufferedResponse answer, @Nullable Throwable failure) {
        if (answer == null) {
            turn.concluded(failure);
            report(failure != null && isForGood(failure) ? new Outcome.Refused(failure) : new Outcome.Lost(failure));
            return;
        }
        switch (Verdict.on(answer.status(), answer.headers())) {
            case REDIRECT -> redirect(request, redirects, answer);
            case STREAM -> report(new Outcome.Lost(null));
            default -> judge(answer);
        }
    }

    private static boolean isForGood(Throwable failure) {
        return failure instanceof EventTooLongException
                || (failure instanceof TunnelRefusedException refusal && !HttpStatus.isTransient(refusal.statusCode()));
    }

    private void judge(BufferedResponse answer) {
        switch (Verdict.on(answer.status(), answer.headers())) {
            case OVER -> report(new Outcome.Over());
            case REFUSED -> refuse("The server did not answer with an event stream", answer);
            case STREAM, REDIRECT ->
                report(new Outcome.Refused(
                        new HandshakeException("A filter answered in the place of the server", answer)));
        }
    }

    private void redirect(HttpRequest request, int redirects, BufferedResponse answer) {
        Redirect redirect =
                Redirect.of(request.method(), request.uri(), answer.status(), answer.header("Location"), redirects);
        if (redirect.destination() == null) {
            report(new Outcome.Refused(
                    new HandshakeException("The server " + redirect.problem(), answer.notFollowed(redirect))));
        } else {
            send(Handshake.redirected(request, redirect.destination()), redirects + 1);
        }
    }

    private void refuse(String problem, BufferedResponse answer) {
        HandshakeException refusal = new HandshakeException(problem, answer);
        Duration retryAfter = options.retryPolicy().retryAfter(refusal);
        report(retryAfter == null ? new Outcome.Refused(refusal) : new Outcome.Lost(refusal, retryAfter));
    }

    private void silent() {
        serial.execute(() -> {
            silence = options.silenceLimit();
            report(new Outcome.Lost(new HttpTimeoutException("The server was silent for " + silence)));
        });
    }

    private void report(Outcome outcome) {
        turn.close();
        if (!cancelled) {
            owner.ended(this, outcome);
        }
    }
}
