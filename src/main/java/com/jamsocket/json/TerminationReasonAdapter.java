package com.jamsocket.json;

import com.jamsocket.TerminationReason;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link TerminationReason} as the word on the wire, such as {@code keyexpired}. An unknown word is read as
 * {@link TerminationReason#UNKNOWN}.
 *
 * <p>For annotations of your own ({@code @JsonbTypeAdapter}). Do not register it in a {@code JsonbConfig}: on Yasson an
 * adapter of an enum there breaks every map with such keys. {@link JamsocketJsonb#config()} works without it.
 */
public final class TerminationReasonAdapter implements JsonbAdapter<TerminationReason, String> {

    /** An adapter; it has no state. */
    public TerminationReasonAdapter() {}

    @Override
    public String adaptToJson(TerminationReason constant) {
        return constant.wireName();
    }

    @Override
    public TerminationReason adaptFromJson(String word) {
        return TerminationReason.of(word);
    }
}
