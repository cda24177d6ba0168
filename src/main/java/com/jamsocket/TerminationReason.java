package com.jamsocket;

import com.jamsocket.internal.json.TerminationReasonAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a backend was ended.
 *
 * <p>A backend whose process ends by itself has no reason at all. {@link #UNKNOWN} stands for every word this version
 * has no constant for; the word itself is kept beside it in the state, see
 * {@link BackendState.Terminated#reasonName()}.
 */
@JsonbTypeAdapter(TerminationReasonAdapter.class)
public enum TerminationReason {
    /** Its idle limit or its lifetime limit was reached; the two cannot be told apart. */
    SWEPT("swept"),
    /** Someone asked for its termination. */
    EXTERNAL("external"),
    /** The lease of its key could not be renewed in time. */
    KEY_EXPIRED("keyexpired"),
    /** Its machine or its process is gone. */
    LOST("lost"),
    /** It did not answer HTTP in time. */
    STARTUP_TIMEOUT("startuptimeout"),
    /** Its start could not be watched. */
    INTERNAL_ERROR("internalerror"),
    /** A reason this version has no constant for. */
    UNKNOWN("unknown");

    /** What Plane called {@link #INTERNAL_ERROR} before. */
    private static final String FORMER_INTERNAL_ERROR = "errorwaiting";

    private final String wireName;

    TerminationReason(String wireName) {
        this.wireName = wireName;
    }

    /** The word on the wire, such as {@code keyexpired}. */
    public String wireName() {
        return wireName;
    }

    /**
     * The reason for a word of the wire. Letter case, {@code _} and {@code -} do not matter, so that
     * {@code key_expired} is understood as well as {@code keyexpired}.
     *
     * @return {@link #UNKNOWN} for a word that is not listed here
     */
    public static TerminationReason of(String wireName) {
        String word = Objects.requireNonNull(wireName, "wireName")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[_-]", "");
        if (word.equals(FORMER_INTERNAL_ERROR)) {
            return INTERNAL_ERROR;
        }
        for (TerminationReason reason : values()) {
            if (reason.wireName.equals(word)) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
