package com.jamsocket.observe;

import com.jamsocket.Jamsocket;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Metrics of a client for Micrometer, version 1.9 or later. Their names are in docs/operations.md, and stable.
 *
 * <p>An injected client is measured by an observer of its builder:
 *
 * <pre>{@code
 * void measure(@Observes Jamsocket.Builder builder, MeterRegistry registry) {
 *     JamsocketMicrometer.metrics(builder, registry);
 * }
 * }</pre>
 */
public final class JamsocketMicrometer {

    private JamsocketMicrometer() {}

    /**
     * Has the client that is built record its metrics in this registry, with its name as the tag {@code client}, or
     * {@code default} if it has none. Gauges are taken out of the registry when the client is closed. Clients that
     * share a registry need names that differ.
     */
    public static void metrics(Jamsocket.Builder builder, MeterRegistry registry) {
        MeteredHooks.attach(builder, new MicrometerMeters(registry));
    }
}
