package com.jamsocket.internal.sse;

import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides whether a handshake that was not answered with an event stream is retried, or ends the source. */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * The least delay before the handshake is retried; zero for that of the back-off alone, null for not at all.
     *
     * @param answer what the server answered: no event stream, no redirect that is followed and not 204
     */
    @Nullable
    Duration retryAfter(HandshakeException answer);

    /** Retries what the status calls transient, after what the header {@code Retry-After} says. */
    static RetryPolicy byStatus(Ticker ticker) {
        return answer -> {
            if (!HttpStatus.isTransient(answer.statusCode())) {
                return null;
            }
            Duration asked = RetryAfter.parse(answer.header("Retry-After"), ticker.now());
            return Objects.requireNonNullElse(asked, Duration.ZERO);
        };
    }
}
