package com.example.operated.meters;

import com.jamsocket.Jamsocket;
import com.jamsocket.observe.JamsocketMicrometer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
public class Metrics {

    void measure(@Observes Jamsocket.Builder builder, MeterRegistry registry) {
        JamsocketMicrometer.metrics(builder, registry);
    }
}
