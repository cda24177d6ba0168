package com.jamsocket.json;

import com.jamsocket.internal.json.BackendStateBinding;
import com.jamsocket.internal.json.ConnectRequestBinding;
import com.jamsocket.internal.json.ConnectResponseBinding;
import jakarta.json.bind.JsonbConfig;

/**
 * The vocabulary's JSON-B bindings in one place.
 *
 * <p>The types of the vocabulary name their bindings in annotations, so that any {@code Jsonb} reads and writes them,
 * {@code JsonbBuilder.create()} included: by themselves, as members of other types, and in lists of a declared type.
 * Yasson passes annotations over in maps, arrays and {@code Optional}, and where only the run-time type is known, such
 * as in a raw {@code List}: there {@link #config()} is needed.
 *
 * <p>Constants such as {@link com.jamsocket.BackendStatus} are written as the word on the wire where implementations
 * heed annotations, as members above all, and by their names elsewhere: in maps and their keys, in arrays and in
 * {@code Optional}. Both are read everywhere, with one exception: Johnzon does not read a map whose values are
 * constants of the vocabulary as the member of a bean.
 */
public final class JamsocketJsonb {

    private JamsocketJsonb() {}

    /**
     * A new configuration with all bindings and nothing else, to be changed further.
     *
     * @return mutable, a fresh one each time
     */
    public static JsonbConfig config() {
        BackendStateBinding states = new BackendStateBinding();
        ConnectRequestBinding requests = new ConnectRequestBinding();
        ConnectResponseBinding responses = new ConnectResponseBinding();
        return new JsonbConfig()
                .withSerializers(states, requests, responses)
                .withDeserializers(states, requests, responses);
    }
}
