package com.jamsocket.observe;

import com.jamsocket.Jamsocket;
import io.opentelemetry.api.OpenTelemetry;

/**
 * Metrics and traces of a client for OpenTelemetry, and so for MicroProfile Telemetry. Names are in docs/operations.md;
 * those of metrics are stable.
 *
 * <p>An injected client is measured and traced by an observer of its builder:
 *
 * <pre>{@code
 * void trace(@Observes Jamsocket.Builder builder, OpenTelemetry telemetry) {
 *     JamsocketOpenTelemetry.metrics(builder, telemetry);
 *     JamsocketOpenTelemetry.traces(builder, telemetry);
 * }
 * }</pre>
 */
public final class JamsocketOpenTelemetry {

    private JamsocketOpenTelemetry() {}

    /**
     * Has the client that is built record its metrics, with its name as the attribute {@code client}, or
     * {@code default} if it has none.
     */
    public static void metrics(Jamsocket.Builder builder, OpenTelemetry telemetry) {
        MeteredHooks.attach(builder, new OpenTelemetryMeters(telemetry));
    }

    /**
     * Has each attempt of a call be a span of the kind {@code CLIENT}, unless something else, such as the server's
     * Jakarta REST client, has made one, and sends its context along ({@code traceparent}). The context of whoever
     * calls goes along to continuations of {@link Jamsocket#async()}, listeners, subscribers, and observers of the
     * backends that it connects to; nothing but that context does.
     *
     * <p>Source: OpenTelemetry semantic conventions 1.27, "HTTP client spans".
     */
    public static void traces(Jamsocket.Builder builder, OpenTelemetry telemetry) {
        TracingHooks hooks = new TracingHooks(telemetry);
        MeteredHooks.implementation(builder).hooks(hooks);
        builder.register(new TraceFilter(hooks));
    }
}
