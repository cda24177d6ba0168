package com.jamsocket;

import com.jamsocket.internal.json.BackendStateBinding;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A backend's status with its time and, where the backend is ending, the details of its end.
 *
 * <p>The variants are records, one for each {@link BackendStatus}; {@link Unknown} holds what this version has no
 * variant for. What a server says in words is kept as it was received ({@code …Name()}) and read as a constant by the
 * method beside it. Details which the server did not give are null.
 *
 * <p>States of one backend are told apart by their status. The time of one and the same status may differ a little
 * between two answers of a server.
 *
 * <p>Servers learn to tell more: a record may gain components, and its canonical constructor with them, in any minor
 * version. To make states, in tests for example, use the factory methods here and {@link Terminated#builder(Instant)},
 * which stay; match them by type ({@code state instanceof BackendState.Ready ready}), not by record patterns.
 */
@JsonbTypeSerializer(BackendStateBinding.class)
@JsonbTypeDeserializer(BackendStateBinding.class)
public sealed interface BackendState {

    /** When the backend reached this status, by the server's clock. */
    Instant time();

    /** The status as a constant; {@link BackendStatus#UNKNOWN} for {@link Unknown}. */
    BackendStatus status();

    /** The status in the server's word, such as {@code ready}. */
    default String statusName() {
        return status().wireName();
    }

    /** {@link Scheduled} at this time. */
    static Scheduled scheduled(Instant time) {
        return new Scheduled(time);
    }

    /** {@link Loading} at this time. */
    static Loading loading(Instant time) {
        return new Loading(time);
    }

    /** {@link Starting} at this time. */
    static Starting starting(Instant time) {
        return new Starting(time);
    }

    /** {@link Waiting} at this time. */
    static Waiting waiting(Instant time) {
        return new Waiting(time);
    }

    /** {@link Ready} at this time. */
    static Ready ready(Instant time) {
        return new Ready(time);
    }

    /** {@link Terminating} at this time. */
    static Terminating terminating(Instant time, @Nullable TerminationReason reason) {
        return new Terminating(time, wireName(reason), null);
    }

    /** {@link HardTerminating} at this time. */
    static HardTerminating hardTerminating(Instant time, @Nullable TerminationReason reason) {
        return new HardTerminating(time, wireName(reason), null);
    }

    /**
     * {@link Terminated} at this time, without details; {@link Terminated#builder(Instant)} is for those with details.
     */
    static Terminated terminated(Instant time) {
        return Terminated.builder(time).build();
    }

    /**
     * {@link Unknown} at this time.
     *
     * @param json the whole state: a JSON object
     * @throws IllegalArgumentException if the status has a variant of its own
     */
    static Unknown unknown(Instant time, String statusName, String json) {
        return new Unknown(time, statusName, json);
    }

    /** Assigned to a machine of the cluster. */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Scheduled(Instant time) implements BackendState {
        /** Validates that the time is not null. */
        public Scheduled {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.SCHEDULED;
        }
    }

    /** The image is being fetched. */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Loading(Instant time) implements BackendState {
        /** Validates that the time is not null. */
        public Loading {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.LOADING;
        }
    }

    /** The process is being started. */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Starting(Instant time) implements BackendState {
        /** Validates that the time is not null. */
        public Starting {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.STARTING;
        }
    }

    /** The process runs but does not answer HTTP yet. */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Waiting(Instant time) implements BackendState {
        /** Validates that the time is not null. */
        public Waiting {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.WAITING;
        }
    }

    /** The process answers HTTP. */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Ready(Instant time) implements BackendState {
        /** Validates that the time is not null. */
        public Ready {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.READY;
        }
    }

    /**
     * A soft stop is under way.
     *
     * @param time when it began
     * @param reasonName why, in the server's word
     * @param kindName how, in the server's word; not every server says it
     */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Terminating(Instant time, @Nullable String reasonName, @Nullable String kindName) implements BackendState {
        /** Validates that the time is not null. */
        public Terminating {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.TERMINATING;
        }

        /** Why, if the server said so. */
        public @Nullable TerminationReason reason() {
            return reasonOf(reasonName);
        }

        /** How, if the server said so. */
        public @Nullable TerminationKind kind() {
            return kindOf(kindName);
        }
    }

    /**
     * A hard stop is under way.
     *
     * @param time when it began
     * @param reasonName why, in the server's word
     * @param kindName how, in the server's word; not every server says it
     */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record HardTerminating(Instant time, @Nullable String reasonName, @Nullable String kindName)
            implements BackendState {
        /** Validates that the time is not null. */
        public HardTerminating {
            requireTime(time);
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.HARD_TERMINATING;
        }

        /** Why, if the server said so. */
        public @Nullable TerminationReason reason() {
            return reasonOf(reasonName);
        }

        /** How, if the server said so. */
        public @Nullable TerminationKind kind() {
            return kindOf(kindName);
        }
    }

    /**
     * The process has ended. The last state of every backend.
     *
     * @param time when it ended
     * @param reasonName why it was ended, in the server's word; null if the process ended by itself
     * @param kindName how it was ended, in the server's word
     * @param exitError true if the process is known to have failed; false and null say nothing
     * @param exitCode the exit code of the process, where the server tells it
     * @param lastStatusName the status before the end, in the server's word, where the server tells it
     */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Terminated(
            Instant time,
            @Nullable String reasonName,
            @Nullable String kindName,
            @Nullable Boolean exitError,
            @Nullable Integer exitCode,
            @Nullable String lastStatusName)
            implements BackendState {
        /** Validates that the time is not null; an exit code other than 0 is an exit error. */
        public Terminated {
            requireTime(time);
            if (exitError == null && exitCode != null) {
                exitError = exitCode != 0;
            }
        }

        /** A builder of a state without details. */
        public static Builder builder(Instant time) {
            return new Builder(time);
        }

        /** A builder with everything of this state. */
        public Builder toBuilder() {
            Builder builder = new Builder(time);
            builder.reasonName = reasonName;
            builder.kindName = kindName;
            builder.exitError = exitError;
            builder.exitCode = exitCode;
            builder.lastStatusName = lastStatusName;
            return builder;
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.TERMINATED;
        }

        /** Why it was ended, or null. A clean exit and a crash both have no reason. */
        public @Nullable TerminationReason reason() {
            return reasonOf(reasonName);
        }

        /** How it was ended, or null. */
        public @Nullable TerminationKind kind() {
            return kindOf(kindName);
        }

        /** The status before the end, or null. */
        public @Nullable BackendStatus lastStatus() {
            return lastStatusName == null ? null : BackendStatus.of(lastStatusName);
        }

        /** Builds a {@link Terminated}; not safe for use by several threads at once. Default: no details. */
        public static final class Builder {

            private final Instant time;
            private @Nullable String reasonName;
            private @Nullable String kindName;
            private @Nullable Boolean exitError;
            private @Nullable Integer exitCode;
            private @Nullable String lastStatusName;

            private Builder(Instant time) {
                requireTime(time);
                this.time = time;
            }

            /** Why it was ended; null if it ended by itself. */
            public Builder reason(@Nullable TerminationReason reason) {
                return reasonName(wireName(reason));
            }

            /** Why it was ended, in the server's word. */
            public Builder reasonName(@Nullable String reasonName) {
                this.reasonName = reasonName;
                return this;
            }

            /** How it was ended. */
            public Builder kind(@Nullable TerminationKind kind) {
                return kindName(kind == null ? null : kind.wireName());
            }

            /** How it was ended, in the server's word. */
            public Builder kindName(@Nullable String kindName) {
                this.kindName = kindName;
                return this;
            }

            /** Whether the process is known to have failed. Default: what the exit code says, if there is one. */
            public Builder exitError(@Nullable Boolean exitError) {
                this.exitError = exitError;
                return this;
            }

            /** The exit code of the process. */
            public Builder exitCode(@Nullable Integer exitCode) {
                this.exitCode = exitCode;
                return this;
            }

            /** The status before the end. */
            public Builder lastStatus(@Nullable BackendStatus lastStatus) {
                return lastStatusName(lastStatus == null ? null : lastStatus.wireName());
            }

            /** The status before the end, in the server's word. */
            public Builder lastStatusName(@Nullable String lastStatusName) {
                this.lastStatusName = lastStatusName;
                return this;
            }

            /** The state. */
            public Terminated build() {
                return new Terminated(time, reasonName, kindName, exitError, exitCode, lastStatusName);
            }
        }
    }

    /**
     * A state whose status this version has no variant for. It is delivered like any other.
     *
     * @param time when the backend reached it
     * @param statusName the status in the server's word
     * @param json the whole state as it was received: a JSON object
     */
    @JsonbTypeSerializer(BackendStateBinding.class)
    @JsonbTypeDeserializer(BackendStateBinding.class)
    record Unknown(Instant time, String statusName, String json) implements BackendState {
        /** Validates that nothing is null, and that the status has no variant of its own. */
        public Unknown {
            requireTime(time);
            Objects.requireNonNull(json, "json");
            if (BackendStatus.of(statusName) != BackendStatus.UNKNOWN) {
                throw new IllegalArgumentException("the status \"" + statusName + "\" has a variant of its own");
            }
        }

        @Override
        public BackendStatus status() {
            return BackendStatus.UNKNOWN;
        }
    }

    private static void requireTime(Instant time) {
        Objects.requireNonNull(time, "time");
    }

    private static @Nullable String wireName(@Nullable TerminationReason reason) {
        return reason == null ? null : reason.wireName();
    }

    private static @Nullable TerminationReason reasonOf(@Nullable String name) {
        return name == null ? null : TerminationReason.of(name);
    }

    private static @Nullable TerminationKind kindOf(@Nullable String name) {
        return name == null ? null : TerminationKind.of(name);
    }
}
