package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.cluster.Backend;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the server sees it at one moment.
 *
 * <p>The record may gain components: make it with {@link #builder(LaunchRequest)}.
 *
 * @param request what it was started for
 * @param history its states so far, in order and with their times, at least one
 * @param exitCode the exit code of what ran in it, or null
 */
public record BackendSnapshot(LaunchRequest request, List<BackendState> history, @Nullable Integer exitCode) {

    /** Copies the history, and validates that it has a state. */
    public BackendSnapshot {
        Objects.requireNonNull(request, "request");
        history = List.copyOf(history);
        if (history.isEmpty()) {
            throw new IllegalArgumentException("history must have a state");
        }
    }

    /** A builder of a backend that was started for this. It needs a history. */
    public static Builder builder(LaunchRequest request) {
        return new Builder(request);
    }

    /** A builder with everything of this one. */
    public Builder toBuilder() {
        return builder(request).history(history).exitCode(exitCode);
    }

    static BackendSnapshot of(Backend backend) {
        return new BackendSnapshot(LaunchRequest.of(backend), backend.history(), backend.exitCode());
    }

    /** Its id. */
    public String id() {
        return request.backendId();
    }

    /** Its key, or null. */
    public @Nullable String key() {
        return request.key();
    }

    /** The user of the connection that started it, or null. */
    public @Nullable String user() {
        return request.user();
    }

    /** The present state. */
    public BackendState state() {
        return history.get(history.size() - 1);
    }

    /** Builds a {@link BackendSnapshot}; not safe for use by several threads at once. */
    public static final class Builder {

        private final LaunchRequest request;
        private List<BackendState> history = List.of();
        private @Nullable Integer exitCode;

        private Builder(LaunchRequest request) {
            this.request = request;
        }

        /** Its states so far, in order. */
        public Builder history(List<BackendState> history) {
            this.history = history;
            return this;
        }

        /** The exit code of what ran in it, or null. Default null. */
        public Builder exitCode(@Nullable Integer exitCode) {
            this.exitCode = exitCode;
            return this;
        }

        /**
         * The backend.
         *
         * @throws IllegalArgumentException if it has no history
         */
        public BackendSnapshot build() {
            return new BackendSnapshot(request, history, exitCode);
        }
    }
}
