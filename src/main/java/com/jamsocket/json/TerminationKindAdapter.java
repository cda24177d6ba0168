package com.jamsocket.json;

import com.jamsocket.TerminationKind;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link TerminationKind} as the word on the wire, such as {@code soft}. An unknown word is read as
 * {@link TerminationKind#UNKNOWN}.
 *
 * <p>For annotations of your own ({@code @JsonbTypeAdapter}). Do not register it in a {@code JsonbConfig}: on Yasson an
 * adapter of an enum there breaks every map with such keys. {@link JamsocketJsonb#config()} works without it.
 */
public final class TerminationKindAdapter implements JsonbAdapter<TerminationKind, String> {

    /** An adapter; it has no state. */
    public TerminationKindAdapter() {}

    @Override
    public String adaptToJson(TerminationKind constant) {
        return constant.wireName();
    }

    @Override
    public TerminationKind adaptFromJson(String word) {
        return TerminationKind.of(word);
    }
}
