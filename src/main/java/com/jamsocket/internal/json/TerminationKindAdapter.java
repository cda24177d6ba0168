package com.jamsocket.internal.json;

import com.jamsocket.TerminationKind;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link TerminationKind} as the word on the wire, such as {@code soft}. Where implementations pass over it, in
 * containers and as the keys of maps, they write the name of the constant, which is read as well.
 *
 * <p>It belongs to the annotation alone: in a JsonbConfig it would break every map with such keys on Yasson.
 */
public final class TerminationKindAdapter implements JsonbAdapter<TerminationKind, String> {

    /** An adapter; it has no state. */
    public TerminationKindAdapter() {}

    @Override
    public String adaptToJson(TerminationKind kind) {
        return kind.wireName();
    }

    @Override
    public TerminationKind adaptFromJson(String word) {
        return Constants.of(TerminationKind.class, word, TerminationKind::of);
    }
}
