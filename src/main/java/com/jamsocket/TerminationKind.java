package com.jamsocket;

import com.jamsocket.internal.json.TerminationKindAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.util.Locale;
import java.util.Objects;

/** How a backend is, or was, ended. */
@JsonbTypeAdapter(TerminationKindAdapter.class)
public enum TerminationKind {
    /** The process is asked to end and has some time to do so (30 s on Plane) before it is killed. */
    SOFT,
    /** The process is killed. */
    HARD,
    /** A kind this version has no constant for. It is only ever received: a request cannot ask for it. */
    UNKNOWN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The word on the wire: {@code soft} or {@code hard}. */
    public String wireName() {
        return wireName;
    }

    /** The kind for a word of the wire, in any letter case; {@link #UNKNOWN} for a word that is not listed here. */
    public static TerminationKind of(String wireName) {
        String word = Objects.requireNonNull(wireName, "wireName").toLowerCase(Locale.ROOT);
        for (TerminationKind kind : values()) {
            if (kind.wireName.equals(word)) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
