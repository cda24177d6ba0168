package com.example.operated.telemetry;

import com.jamsocket.Jamsocket;
import com.jamsocket.observe.JamsocketOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
public class Telemetry {

    void trace(@Observes Jamsocket.Builder builder, OpenTelemetry telemetry) {
        JamsocketOpenTelemetry.metrics(builder, telemetry);
        JamsocketOpenTelemetry.traces(builder, telemetry);
    }
}
