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

    /** How long the server asks to wait before a retry; null if it did not say. */
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
     * even a call which starts a backend can be retried without starting two.
     */
    public final boolean mayHaveTakenEffect() {
        return details.mayHaveTakenEffect();
    }

    /**
     * Whether a retry may succeed: by the kind of error where there is one, else by the status.
     */
    @Override
    public boolean isRetryable() {
        return details.retryable();
    }

    /**
     * What a server says when it refuses a call. The record may gain components, and its canonical constructor with
     * them, in any minor version; {@link #builder(int)} stays.
     *
     * @param statusCode the HTTP status
     * @param kind the machine-readable name of the error, or null
     * @param serverMessage the server's own message, or null
     * @param errorId the server's reference of this error, or null
     * @param retryAfter how long to wait before a retry, or null
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
        /** Validates that the body is not null. */
        public Details {
            Objects.requireNonNull(body, "body");
        }

        /** A builder for the details of an answer with this HTTP status. */
        public static Builder builder(int statusCode) {
            return new Builder(statusCode);
        }

        /** A builder with everything of these details. */
        public Builder toBuilder() {
            return new Builder(statusCode)
                    .kind(kind)
                    .serverMessage(serverMessage)
                    .errorId(errorId)
                    .retryAfter(retryAfter)
                    .body(body)
                    .retryable(retryable)
                    .mayHaveTakenEffect(mayHaveTakenEffect);
        }

        /**
         * Builds {@link Details}; not safe for use by several threads at once. Defaults: nothing said, not to be made
         * again, and without effect.
         */
        public static final class Builder {

            private final int statusCode;
            private @Nullable String kind;
            private @Nullable String serverMessage;
            private @Nullable String errorId;
            private @Nullable Duration retryAfter;
            private String body = "";
            private boolean retryable;
            private boolean mayHaveTakenEffect;

            private Builder(int statusCode) {
                this.statusCode = statusCode;
            }

            /** The machine-readable name of the error. */
            public Builder kind(@Nullable String kind) {
                this.kind = kind;
                return this;
            }

            /** The server's own message. */
            public Builder serverMessage(@Nullable String serverMessage) {
                this.serverMessage = serverMessage;
                return this;
            }

            /** The server's reference of this error. */
            public Builder errorId(@Nullable String errorId) {
                this.errorId = errorId;
                return this;
            }

            /** How long to wait before a retry. */
            public Builder retryAfter(@Nullable Duration retryAfter) {
                this.retryAfter = retryAfter;
                return this;
            }

            /** The answer's body, without secrets. Default empty. */
            public Builder body(String body) {
                this.body = body;
                return this;
            }

            /** Whether the same call may succeed later. Default false. */
            public Builder retryable(boolean retryable) {
                this.retryable = retryable;
                return this;
            }

            /** Whether the call may have been carried out all the same. Default false. */
            public Builder mayHaveTakenEffect(boolean mayHaveTakenEffect) {
                this.mayHaveTakenEffect = mayHaveTakenEffect;
                return this;
            }

            /** The details. */
            public Details build() {
                return new Details(
                        statusCode, kind, serverMessage, errorId, retryAfter, body, retryable, mayHaveTakenEffect);
            }
        }
    }
}
