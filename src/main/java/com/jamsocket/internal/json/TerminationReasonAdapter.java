package com.jamsocket.internal.json;

import com.jamsocket.TerminationReason;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link TerminationReason} as the word on the wire, such as {@code keyexpired}. Where implementations pass over it, in
 * containers and as the keys of maps, they write the name of the constant, which is read as well.
 *
 * <p>It belongs to the annotation alone: in a JsonbConfig it would break every map with such keys on Yasson.
 */
public final class TerminationReasonAdapter implements JsonbAdapter<TerminationReason, String> {

    /** An adapter; it has no state. */
    public TerminationReasonAdapter() {}

    @Override
    public String adaptToJson(TerminationReason reason) {
        return reason.wireName();
    }

    @Override
    public TerminationReason adaptFromJson(String word) {
        return Constants.of(TerminationReason.class, word, TerminationReason::of);
    }
}
