package com.jamsocket.json;

import com.jamsocket.TerminationKind;
import jakarta.json.bind.adapter.JsonbAdapter;

/** {@link TerminationKind} as the word on the wire, such as {@code soft}. An unknown word is read as {@link TerminationKind#UNKNOWN}. */
public final class TerminationKindAdapter implements JsonbAdapter<TerminationKind, String> {

    /** An adapter; it has no state. */
    public TerminationKindAdapter() {}

    @Override
    public String adaptToJson(TerminationKind kind) {
        return kind.wireName();
    }

    @Override
    public TerminationKind adaptFromJson(String wireName) {
        return TerminationKind.of(wireName);
    }
}
