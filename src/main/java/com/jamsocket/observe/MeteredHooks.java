package com.jamsocket.observe;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ClientDiagnostics;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.client.ClientBuilder;
import com.jamsocket.internal.client.HookGuard;
import com.jamsocket.internal.client.Hooks;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Measures a client. */
final class MeteredHooks implements Hooks {

    private static final String UNNAMED = "default";

    /** Meters take 64 bits of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Meters meters;
    private final List<Runnable> removals = new CopyOnWriteArrayList<>();
    private final HookGuard guard = new HookGuard();
    private volatile String name;

    private MeteredHooks(Meters meters, String name) {
        this.meters = meters;
        this.name = named(name);
    }

    /** Measures the client that is built. */
    static void attach(Jamsocket.Builder builder, Meters meters) {
        ClientBuilder implementation = implementation(builder);
        implementation.hooks(new MeteredHooks(meters, implementation.name()));
    }

    static ClientBuilder implementation(Jamsocket.Builder builder) {
        if (builder instanceof ClientBuilder ours) {
            return ours;
        }
        throw new IllegalArgumentException("not a builder of Jamsocket.builder(), but " + builder.getClass());
    }

    private static String named(String name) {
        return name.isEmpty() ? UNNAMED : name;
    }

    @Override
    public void made(Jamsocket client) {
        name = named(client.diagnostics().name());
        show(client, Metric.ACTIVE, ClientDiagnostics::activeCalls);
        show(client, Metric.WAITING, ClientDiagnostics::waitingCallers);
        show(client, Metric.QUEUED, ClientDiagnostics::queuedAsyncCalls);
        show(client, Metric.STREAMS, ClientDiagnostics::openStreams);
        show(client, Metric.CONNECTED, ClientDiagnostics::connectedStreams);
        show(client, Metric.FOLLOWED, ClientDiagnostics::followedBackends);
    }

    private void show(Jamsocket client, Metric gauge, ToIntFunction<ClientDiagnostics> number) {
        guard.tell("made", () -> removals.add(meters.show(gauge, name, () -> number.applyAsInt(client.diagnostics()))));
    }

    @Override
    public void closed() {
        removals.forEach(removal -> guard.tell("closed", removal));
        removals.clear();
        guard.end();
    }

    @Override
    public Calling calling(String operation) {
        return new Calling() {
            @Override
            public void retried() {
                meters.count(Metric.RETRIES, name, operation);
            }

            @Override
            public void ended(Duration time, @Nullable Throwable failure) {
                String outcome = failure == null ? "ok" : failure.getClass().getSimpleName();
                meters.time(Metric.CALLS, time, name, operation, outcome);
            }
        };
    }

    @Override
    public void told(BackendStatus status) {
        meters.count(Metric.STATES, name, tag(status));
    }

    @Override
    public void moved(BackendState from, BackendState to) {
        time(Metric.PHASES, Duration.between(from.time(), to.time()), tag(from.status()));
    }

    @Override
    public void started(Duration sinceScheduled) {
        time(Metric.STARTS, sinceScheduled);
    }

    @Override
    public void delivered(Duration lag) {
        time(Metric.LAG, lag);
    }

    /** Clocks of servers may go back, or may not have been set. */
    private void time(Metric timer, Duration time, String... values) {
        Duration measured = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        meters.time(timer, measured.isNegative() ? Duration.ZERO : measured, name, values);
    }

    @Override
    public void reconnecting() {
        meters.count(Metric.RECONNECTS, name);
    }

    @Override
    public void ended(StreamEnd end) {
        meters.count(Metric.ENDS, name, end.getClass().getSimpleName());
    }

    @Override
    public void fired(String type) {
        meters.count(Metric.EVENTS, name, type);
    }

    /** As servers write it; what they invent is one value, for there may be any number of them. */
    private static String tag(BackendStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
