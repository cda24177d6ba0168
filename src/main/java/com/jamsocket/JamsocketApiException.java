package com.jamsocket;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server refused a call: it answered with an HTTP status other than 2xx. What everybody meets has a subclass; the
 * rest is told apart by {@link #statusCode()} and {@link #kind()}.
 */
public class JamsocketApiException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Details details;

    /** An exception for a refusal. */
    public JamsocketApiException(String message, Details details) {
        super(message, null);
        this.details = details;
    }

    /** The HTTP status, such as 404. */
    public final int statusCode() {
        return details.statusCode();
    }

    /** The machine-readable name of the error, such as {@code NoDroneAvailable}; null if the server gave none. */
    public final @Nullable String kind() {
        return details.kind();
    }

    /** The server's own message; null if it gave none. */
    public final @Nullable String serverMessage() {
        return details.serverMessage();
    }

    /** The reference of this error for the operator of the server; null if the server gave none. */
    public final @Nullable String errorId() {
        return details.errorId();
    }

    /** How long the server asks to wait before the next try; null if it did not say. */
    public final @Nullable Duration retryAfter() {
        return details.retryAfter();
    }

    /** The answer's body as text, without secrets and at most 64 KiB of it; empty if there was none. */
    public final String body() {
        return details.body();
    }

    /** Everything the server said. */
    public final Details details() {
        return details;
    }

    /**
     * Whether the call may have been carried out all the same. False if the server says that it did nothing, so that
     * even a call which starts a backend can be made again without starting two.
     */
    public final boolean mayHaveTakenEffect() {
        return details.mayHaveTakenEffect();
    }

    /**
     * Whether the server may answer otherwise next time: by the kind of error where there is one, else by the status.
     */
    @Override
    public boolean isRetryable() {
        return details.retryable();
    }

    /**
     * What a server says when it refuses a call.
     *
     * @param statusCode the HTTP status
     * @param kind the machine-readable name of the error, or null
     * @param serverMessage the server's own message, or null
     * @param errorId the server's reference of this error, or null
     * @param retryAfter how long to wait before the next try, or null
     * @param body the answer's body, without secrets; empty if there was none
     * @param retryable whether the same call may succeed later
     * @param mayHaveTakenEffect whether the call may have been carried out all the same
     */
    public record Details(
            int statusCode,
            @Nullable String kind,
            @Nullable String serverMessage,
            @Nullable String errorId,
            @Nullable Duration retryAfter,
            String body,
            boolean retryable,
            boolean mayHaveTakenEffect)
            implements Serializable {
        /** Refuses a missing body. */
        public Details {
            Objects.requireNonNull(body, "body");
        }
    }
}
