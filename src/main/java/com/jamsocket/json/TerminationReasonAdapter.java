package com.jamsocket.json;

import com.jamsocket.TerminationReason;
import jakarta.json.bind.adapter.JsonbAdapter;

/** {@link TerminationReason} as the word on the wire, such as {@code keyexpired}. An unknown word is read as {@link TerminationReason#UNKNOWN}. */
public final class TerminationReasonAdapter implements JsonbAdapter<TerminationReason, String> {

    /** An adapter; it has no state. */
    public TerminationReasonAdapter() {}

    @Override
    public String adaptToJson(TerminationReason reason) {
        return reason.wireName();
    }

    @Override
    public TerminationReason adaptFromJson(String wireName) {
        return TerminationReason.of(wireName);
    }
}
