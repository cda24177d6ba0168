package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.cdi.ApplicationScan;
import com.jamsocket.internal.client.Hooks;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of the application for the backends of one client. */
final class ClientEvents {

    private static final BackendInfo ANY = BackendInfo.builder("any").build();

    /** One state of each variant. */
    static final List<BackendState> VARIANTS = List.of(
            BackendState.ready(Instant.EPOCH),
            BackendState.terminated(Instant.EPOCH),
            BackendState.scheduled(Instant.EPOCH),
            BackendState.loading(Instant.EPOCH),
            BackendState.starting(Instant.EPOCH),
            BackendState.waiting(Instant.EPOCH),
            BackendState.terminating(Instant.EPOCH, null),
            BackendState.hardTerminating(Instant.EPOCH, null),
            BackendState.unknown(Instant.EPOCH, "unknown", "{}"));

    private static final BackendExpiring EXPIRING = BackendExpiring.of(ANY, Instant.EPOCH);
    private static final BackendDraining DRAINING = BackendDraining.of(ANY, "any");

    /** One event of each type beside the states. */
    private static final List<Object> OTHERS = List.of(
            BackendEvent.of(ANY, VARIANTS.get(0), false),
            BackendEnd.of(ANY, StreamEnd.closed(), null),
            EXPIRING,
            DRAINING);

    private final Map<Class<?>, EventChannel> channels = new HashMap<>();
    private final boolean observed;
    private final ContainerContext context;
    private final NotificationOptions options;
    private final ObserverExecutor observers;
    private final Ticker ticker;
    private volatile Hooks hooks = Hooks.NONE;

    ClientEvents(
            BeanContainer container,
            Event<Object> events,
            FromClient client,
            @Nullable ApplicationScan scan,
            ContainerContext context,
            ObserverExecutor observers,
            Ticker ticker) {
        samples()
                .forEach(sample ->
                        channels.put(sample.getClass(), new EventChannel(container, events, client, sample, scan)));
        this.observed = channels.values().stream().anyMatch(EventChannel::isObserved);
        this.context = context;
        this.options = NotificationOptions.ofExecutor(observers);
        this.observers = observers;
        this.ticker = ticker;
    }

    /** Has what watches the client see what is fired. */
    void watchedBy(Hooks watching) {
        hooks = watching;
        observers.contextBy(watching);
    }

    Hooks hooks() {
        return hooks;
    }

    /** One event of each type. */
    static Stream<Object> samples() {
        return Stream.concat(VARIANTS.stream(), OTHERS.stream());
    }

    /** Whether the application has an observer that could receive an event of the backend. */
    boolean areObserved(String backendId) {
        return observed || channels.values().stream().anyMatch(channel -> channel.isObserved(backendId));
    }

    /** Whether the application has an observer that could receive the notice of the backend's limit. */
    boolean areExpiriesObserved(String backendId) {
        return channel(EXPIRING).isObserved(backendId);
    }

    /** The events of one backend, which asynchronous observers receive after those of an earlier following. */
    BackendEvents forBackend(String backendId, @Nullable FollowedBackend earlier) {
        CompletionStage<?> observed = earlier == null
                ? CompletableFuture.completedStage(null)
                : earlier.events().observed();
        return new BackendEvents(backendId, observed, this, context, options, ticker);
    }

    /** How an event is fired. */
    EventChannel channel(Object event) {
        return Objects.requireNonNull(channels.get(event.getClass()));
    }
}
