package com.jamsocket.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/** A meter of OpenTelemetry. Times are histograms in seconds. */
final class OpenTelemetryMeters implements Meters {

    /** The instrumentation scope. */
    static final String SCOPE = "com.jamsocket";

    private final Meter meter;
    private final Map<Metric, LongCounter> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, DoubleHistogram> timers = new EnumMap<>(Metric.class);

    OpenTelemetryMeters(OpenTelemetry telemetry) {
        meter = telemetry.getMeter(SCOPE);
        for (Metric metric : Metric.values()) {
            switch (metric.kind()) {
                case COUNTER ->
                    counters.put(
                            metric,
                            meter.counterBuilder(metric.id())
                                    .setDescription(metric.description())
                                    .build());
                case TIMER ->
                    timers.put(
                            metric,
                            meter.histogramBuilder(metric.id())
                                    .setDescription(metric.description())
                                    .setUnit("s")
                                    .build());
                case GAUGE -> {}
            }
        }
    }

    @Override
    public void count(Metric counter, String client, String... values) {
        Objects.requireNonNull(counters.get(counter)).add(1, attributes(counter, client, values));
    }

    @Override
    public void time(Metric timer, Duration time, String client, String... values) {
        Objects.requireNonNull(timers.get(timer)).record(time.toNanos() / 1e9, attributes(timer, client, values));
    }

    @Override
    public Runnable show(Metric gauge, String client, IntSupplier number) {
        Attributes attributes = attributes(gauge, client);
        var shown = meter.gaugeBuilder(gauge.id())
                .ofLongs()
                .setDescription(gauge.description())
                .buildWithCallback(measurement -> measurement.record(number.getAsInt(), attributes));
        return shown::close;
    }

    private static Attributes attributes(Metric metric, String client, String... values) {
        AttributesBuilder attributes = Attributes.builder().put(CLIENT, client);
        for (int i = 0; i < values.length; i++) {
            attributes.put(metric.tags().get(i), values[i]);
        }
        return attributes.build();
    }
}
