package com.jamsocket.json;

import jakarta.json.bind.JsonbConfig;

/**
 * The vocabulary's JSON-B bindings in one place.
 *
 * <p>The types of the vocabulary name their bindings in annotations, so that any {@code Jsonb} reads and writes them,
 * {@code JsonbBuilder.create()} included: by themselves, as members of other types, and in lists of a declared type.
 * Yasson passes annotations over in maps, arrays and {@code Optional}, and where only the run-time type is known, such
 * as in a raw {@code List}: there {@link #config()} is needed.
 */
public final class JamsocketJsonb {

    private JamsocketJsonb() {}

    /**
     * A new configuration with all bindings and nothing else, to be changed further.
     *
     * @return mutable, a fresh one each time
     */
    public static JsonbConfig config() {
        return new JsonbConfig()
                .withSerializers(
                        new BackendStateSerializer(), new ConnectRequestSerializer(), new ConnectResponseSerializer())
                .withDeserializers(
                        new BackendStateDeserializer(),
                        new ConnectRequestDeserializer(),
                        new ConnectResponseDeserializer())
                .withAdapters(new BackendStatusAdapter(), new TerminationReasonAdapter(), new TerminationKindAdapter());
    }
}
