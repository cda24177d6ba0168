package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.config.HeaderFields;
import java.util.function.Supplier;

/**
 * A token or a header that the application supplies, validated as if it were set. A supplier that fails may succeed
 * later, as a server that is not reached.
 *
 * @param what what it is, for messages
 * @param source the application's
 */
record SuppliedText(String what, Supplier<String> source) implements Supplier<String> {

    @Override
    public String get() {
        String text;
        try {
            text = source.get();
        } catch (RuntimeException e) {
            throw new JamsocketConnectionException(what + " cannot be read: its supplier failed", e, false);
        }
        String line = text == null ? "" : HeaderFields.value(text);
        if (line.isEmpty() || !HeaderFields.isPrintable(line)) {
            // The text itself may be a secret.
            throw new JamsocketConnectionException(
                    what + " cannot be read: what is supplied must be printable ASCII text, and not empty",
                    null,
                    false);
        }
        return line;
    }
}
