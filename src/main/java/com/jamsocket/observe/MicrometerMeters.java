package com.jamsocket.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * A registry of Micrometer, which finds the meter of a name and its tags by itself. That of an application on WildFly
 * shows no meter that a builder has registered, but those that it is asked for by name, which have no description.
 */
final class MicrometerMeters implements Meters {

    private static final PauseDetector NO_PAUSES = new PauseDetector() {};

    private final MeterRegistry registry;
    private final boolean takesBuilders;

    /** What gauges show, which a registry keeps weakly where it is not given by a builder. */
    private final Set<IntSupplier> shown = ConcurrentHashMap.newKeySet();

    MicrometerMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.takesBuilders = !registry.getClass().getName().startsWith("org.wildfly.");
    }

    @Override
    public void count(Metric counter, String client, String... values) {
        Iterable<Tag> tags = tags(counter, client, values);
        Counter counted = takesBuilders
                ? Counter.builder(counter.id())
                        .description(counter.description())
                        .tags(tags)
                        .register(registry)
                : registry.counter(counter.id(), tags);
        counted.increment();
    }

    @Override
    public void time(Metric timer, Duration time, String client, String... values) {
        Iterable<Tag> tags = tags(timer, client, values);
        Timer timed = takesBuilders
                ? Timer.builder(timer.id())
                        .description(timer.description())
                        .tags(tags)
                        // The default of registries, of which some log a warning when they are asked for theirs.
                        .pauseDetector(NO_PAUSES)
                        .register(registry)
                : registry.timer(timer.id(), tags);
        timed.record(time);
    }

    @Override
    public Runnable show(Metric gauge, String client, IntSupplier number) {
        Iterable<Tag> tags = tags(gauge, client);
        if (takesBuilders) {
            Gauge.builder(gauge.id(), number::getAsInt)
                    .description(gauge.description())
                    .tags(tags)
                    .register(registry);
        } else {
            registry.gauge(gauge.id(), tags, number, IntSupplier::getAsInt);
        }
        shown.add(number);
        return () -> {
            registry.find(gauge.id()).tags(tags).gauges().forEach(registry::remove);
            shown.remove(number);
        };
    }

    /** In the type by which all versions of registries take them. */
    private static Iterable<Tag> tags(Metric metric, String client, String... values) {
        Tags tags = Tags.of(CLIENT, client);
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.tags().get(i), values[i]);
        }
        return tags;
    }
}
