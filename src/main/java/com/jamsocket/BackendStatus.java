package com.jamsocket;

import com.jamsocket.internal.json.BackendStatusAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.util.Locale;
import java.util.Objects;

/**
 * The word for where a backend stands in its life.
 *
 * <p>The constants stand in the order of that life. A backend only ever moves forward; it may skip any status but
 * {@link #TERMINATED}, which is always the last. {@link #UNKNOWN} stands for every word this version has no constant
 * for; the word itself is kept beside it, in {@link BackendState#statusName()}.
 */
@JsonbTypeAdapter(BackendStatusAdapter.class)
public enum BackendStatus {
    /** Assigned to a machine of the cluster. */
    SCHEDULED,
    /** The machine fetches the image. */
    LOADING,
    /** The process is being started. */
    STARTING,
    /** The process runs but has not answered an HTTP request yet. */
    WAITING,
    /** The process answers HTTP: its connection URL can be used without waiting. */
    READY,
    /** A soft stop is under way: the process was asked to end. */
    TERMINATING,
    /** A hard stop is under way: the process is being killed. */
    HARD_TERMINATING,
    /** The process has ended. Final. */
    TERMINATED,
    /** A status this version has no constant for. It has no place in the order. */
    UNKNOWN;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word on the wire, such as {@code hard-terminating}. */
    public String wireName() {
        return wireName;
    }

    /** Whether the backend has ended: true for {@link #TERMINATED} only. */
    public boolean isTerminal() {
        return this == TERMINATED;
    }

    /** Whether the backend is on its way out or has ended, so that it will never be {@link #READY} (again). */
    public boolean isEnding() {
        return this == TERMINATING || this == HARD_TERMINATING || this == TERMINATED;
    }

    /**
     * Whether this status comes later in a backend's life than another.
     *
     * @return false if either is {@link #UNKNOWN}
     */
    public boolean isAfter(BackendStatus other) {
        return this != UNKNOWN && other != UNKNOWN && compareTo(other) > 0;
    }

    /** The status for a word of the wire; {@link #UNKNOWN} for a word that is not listed here. */
    public static BackendStatus of(String wireName) {
        Objects.requireNonNull(wireName, "wireName");
        for (BackendStatus status : values()) {
            if (status.wireName.equals(wireName)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
