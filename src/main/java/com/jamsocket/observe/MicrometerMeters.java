package com.jamsocket.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;

/** A registry of Micrometer, which finds the meter of a name and its tags by itself. */
final class MicrometerMeters implements Meters {

    private static final PauseDetector NO_PAUSES = new PauseDetector() {};

    private final MeterRegistry registry;

    MicrometerMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void count(Metric counter, String client, String... values) {
        Counter.builder(counter.id())
                .description(counter.description())
                .tags(tags(counter, client, values))
                .register(registry)
                .increment();
    }

    @Override
    public void time(Metric timer, Duration time, String client, String... values) {
        Timer.builder(timer.id())
                .description(timer.description())
                .tags(tags(timer, client, values))
                // The default of registries; a registry of WildFly logs a warning when it is asked for its own.
                .pauseDetector(NO_PAUSES)
                .register(registry)
                .record(time);
    }

    @Override
    public Runnable show(Metric gauge, String client, IntSupplier number) {
        Gauge shown = Gauge.builder(gauge.id(), number::getAsInt)
                .description(gauge.description())
                .tags(tags(gauge, client))
                .register(registry);
        return () -> {
            var unused = registry.remove(shown);
        };
    }

    private static Tags tags(Metric metric, String client, String... values) {
        Tags tags = Tags.of(CLIENT, client);
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.tags().get(i), values[i]);
        }
        return tags;
    }
}
