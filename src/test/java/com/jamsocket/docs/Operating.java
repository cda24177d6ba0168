package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.observe.JamsocketMicrometer;
import com.jamsocket.observe.JamsocketOpenTelemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.event.Observes;

/** Watches a client. */
class Operating {

    // snippet: measure
    void measure(@Observes Jamsocket.Builder builder, MeterRegistry registry) {
        JamsocketMicrometer.metrics(builder, registry);
    }
    // end

    // snippet: trace
    void trace(@Observes Jamsocket.Builder builder, OpenTelemetry telemetry) {
        JamsocketOpenTelemetry.metrics(builder, telemetry);
        JamsocketOpenTelemetry.traces(builder, telemetry);
    }
    // end
}
