package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.sse.EventTooLongException;
import com.jamsocket.internal.sse.HandshakeException;
import com.jamsocket.internal.sse.ReconnectLimitException;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What goes wrong inside, as the exceptions that users see. */
final class Failures {

    private Failures() {}

    /** What a stage failed with, without the wrapping that stages add. */
    static @Nullable Throwable unwrap(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The failure of a stage that has no result. */
    static Throwable require(@Nullable Throwable failure) {
        return Objects.requireNonNull(unwrap(failure));
    }

    /** What comes of calls and streams of a client that is closed. */
    static IllegalStateException closedClient() {
        return new IllegalStateException("the Jamsocket client is closed");
    }

    /** What a stream ended with. */
    static JamsocketException ofStream(Call call, Throwable failure) {
        if (failure instanceof JamsocketException known) {
            return known;
        }
        if (failure instanceof HandshakeException answer) {
            return ofHandshake(call, answer);
        }
        if (failure instanceof EventTooLongException) {
            return new JamsocketProtocolException("an event from " + call + " is too long", failure);
        }
        if (failure instanceof ReconnectLimitException && failure.getCause() != null) {
            return new JamsocketConnectionException(
                    "the stream was lost, and the limit of tries to connect again is reached (" + call + ")",
                    ofCause(call, failure.getCause()),
                    true);
        }
        return new JamsocketConnectionException("the stream was lost (" + call + ")", failure, true);
    }

    private static Throwable ofCause(Call call, Throwable cause) {
        return cause instanceof HandshakeException answer ? ofHandshake(call, answer) : cause;
    }

    private static JamsocketException ofHandshake(Call call, HandshakeException answer) {
        if (answer.statusCode() == 200) {
            return new JamsocketProtocolException(call + " gave no event stream: " + answer.getMessage(), answer);
        }
        String retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
        return Refusal.of(
                call,
                answer.statusCode(),
                RetryAfter.parse(retryAfter, Instant.now()),
                answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Waits for a stage. What it failed with is thrown with the caller's stack trace, for that is where one looks; the
     * other thread's goes along.
     *
     * @throws CancellationException if the waiting thread is interrupted; its flag stays set
     */
    static <T> T join(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw rethrown(require(e.getCause()));
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting");
        }
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (!(failure instanceof RuntimeException known)) {
            return new IllegalStateException(failure);
        }
        Throwable elsewhere = new Throwable("where it happened, on another thread");
        elsewhere.setStackTrace(known.getStackTrace());
        known.addSuppressed(elsewhere);
        known.fillInStackTrace();
        return known;
    }
}
