package com.jamsocket.internal.json;

import com.jamsocket.BackendStatus;
import jakarta.json.bind.adapter.JsonbAdapter;

/**
 * {@link BackendStatus} as the word on the wire, such as {@code hard-terminating}. Where implementations pass over it,
 * in containers and as the keys of maps, they write the name of the constant, which is read as well.
 *
 * <p>It belongs to the annotation alone: in a JsonbConfig it would break every map with such keys on Yasson.
 */
public final class BackendStatusAdapter implements JsonbAdapter<BackendStatus, String> {

    /** An adapter; it has no state. */
    public BackendStatusAdapter() {}

    @Override
    public String adaptToJson(BackendStatus status) {
        return status.wireName();
    }

    @Override
    public BackendStatus adaptFromJson(String word) {
        return Constants.of(BackendStatus.class, word, BackendStatus::of);
    }
}
