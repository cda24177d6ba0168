package com.jamsocket.json;

import com.jamsocket.BackendStatus;
import jakarta.json.bind.adapter.JsonbAdapter;

/** {@link BackendStatus} as the word on the wire, such as {@code hard-terminating}. An unknown word is read as {@link BackendStatus#UNKNOWN}. */
public final class BackendStatusAdapter implements JsonbAdapter<BackendStatus, String> {

    /** An adapter; it has no state. */
    public BackendStatusAdapter() {}

    @Override
    public String adaptToJson(BackendStatus status) {
        return status.wireName();
    }

    @Override
    public BackendStatus adaptFromJson(String wireName) {
        return BackendStatus.of(wireName);
    }
}
