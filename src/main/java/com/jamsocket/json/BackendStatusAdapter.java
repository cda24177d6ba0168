package com.jamsocket.json;

import com.jamsocket.BackendStatus;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link BackendStatus} as the word on the wire, such as {@code hard-terminating}. An unknown word is read as
 * {@link BackendStatus#UNKNOWN}.
 *
 * <p>For annotations of your own ({@code @JsonbTypeAdapter}). Do not register it in a {@code JsonbConfig}: on Yasson an
 * adapter of an enum there breaks every map with such keys. {@link JamsocketJsonb#config()} works without it.
 */
public final class BackendStatusAdapter implements JsonbAdapter<BackendStatus, String> {

    /** An adapter; it has no state. */
    public BackendStatusAdapter() {}

    @Override
    public String adaptToJson(BackendStatus constant) {
        return constant.wireName();
    }

    @Override
    public BackendStatus adaptFromJson(String word) {
        return BackendStatus.of(word);
    }
}
