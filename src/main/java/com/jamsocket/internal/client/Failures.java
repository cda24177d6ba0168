package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.sse.EventTooLongException;
import com.jamsocket.internal.sse.HandshakeException;
import com.jamsocket.internal.sse.ReconnectLimitException;
import com.jamsocket.internal.sse.TunnelRefusedException;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.Refusal;
import com.jamsocket.internal.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What goes wrong inside, as the exceptions that users see. */
final class Failures {

    private static final String ELSEWHERE = "where it happened, on another thread";

    private Failures() {}

    /** The failure of a stage that has no result. */
    static Throwable require(@Nullable Throwable failure) {
        return Objects.requireNonNull(Stages.unwrap(failure));
    }

    /** What comes of calls and streams of a client that is closed. */
    static IllegalStateException closedClient() {
        return closedClient(null);
    }

    /** The same, for what failed because of it. */
    static IllegalStateException closedClient(@Nullable Throwable cause) {
        return new IllegalStateException("the Jamsocket client is closed", cause);
    }

    /** For a backend that was known, and is not any more. */
    static BackendNotFoundException forgotten(String backendId) {
        return new BackendNotFoundException(
                "the server has forgotten backend " + backendId + ", so that nobody can tell how it ended",
                JamsocketApiException.Details.builder(404).build());
    }

    /** A wait that timed out in words of its caller, who knows of the whole limit, not of what was left of it. */
    static Throwable ofWholeWait(Throwable failure, BackendStatus awaited, Duration limit) {
        return failure instanceof JamsocketTimeoutException late && late.backendId() != null
                ? new JamsocketTimeoutException(late.backendId(), awaited, limit, late.lastState(), late.getCause())
                : failure;
    }

    /** What a stream was lost or ended with. */
    static JamsocketException ofStream(Dialect dialect, Call call, Throwable failure, Instant now) {
        if (failure instanceof JamsocketException known) {
            return known;
        }
        if (failure instanceof HandshakeException answer) {
            return ofHandshake(dialect, call, answer, now);
        }
        if (failure instanceof TunnelRefusedException refusal) {
            return NoAnswer.noTunnel("", call, refusal.statusCode(), refusal);
        }
        if (failure instanceof EventTooLongException) {
            return new JamsocketProtocolException("an event from " + call + " is too long", failure);
        }
        if (failure instanceof ReconnectLimitException) {
            return new JamsocketConnectionException(
                    "the stream was lost, and the limit of tries to connect again is reached (" + call + ")",
                    failure.getCause() instanceof HandshakeException answer
                            ? ofHandshake(dialect, call, answer, now)
                            : failure.getCause(),
                    true);
        }
        return new JamsocketConnectionException("the stream was lost (" + call + ")", failure, true);
    }

    /** What an answer means that is no event stream. */
    static JamsocketException ofHandshake(Dialect dialect, Call call, HandshakeException answer, Instant now) {
        if (answer.statusCode() == 200) {
            // The answer has the whole body, which may hold secrets.
            return new JamsocketProtocolException(call + " gave no event stream: " + answer.getMessage(), null);
        }
        Reply reply =
                Reply.of(answer.statusCode(), answer::header, answer.body()).notFollowed(answer.redirectProblem());
        return Refusal.of(dialect.server(), call, reply, now);
    }

    /** The stage that is supplied; what the supplier throws is the failure of a stage. */
    static <T> CompletionStage<T> stage(Supplier<? extends CompletionStage<T>> supplier) {
        try {
            return supplier.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Does something after a delay, unless the result is there first; a ticker that was closed fails the result. */
    static void later(Ticker ticker, Duration delay, CompletableFuture<?> result, Runnable task) {
        try {
            Future<?> alarm = ticker.after(delay, task);
            Stages.cancelWhenDone(result, alarm);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(closedClient());
        }
    }

    /**
     * Waits for a stage. What it failed with is thrown with the caller's stack trace, for that is where one looks; the
     * other thread's goes along.
     *
     * @throws JamsocketInterruptedException if the waiting thread is interrupted; its flag stays set
     */
    static <T> T join(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw rethrown(require(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (future.cancel(true)) {
                throw new JamsocketInterruptedException("interrupted while waiting");
            }
            // Done in that moment: what it holds, such as an open stream, has no other owner.
            return join(future);
        }
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (!(failure instanceof RuntimeException known)) {
            return new IllegalStateException(failure);
        }
        synchronized (known) {
            // Several may wait for the same failure: it has happened in one place.
            if (Arrays.stream(known.getSuppressed()).noneMatch(other -> ELSEWHERE.equals(other.getMessage()))) {
                Throwable elsewhere = new Throwable(ELSEWHERE);
                elsewhere.setStackTrace(known.getStackTrace());
                known.addSuppressed(elsewhere);
            }
            known.fillInStackTrace();
        }
        return known;
    }
}
