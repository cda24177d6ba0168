package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.api.InjectedFault.Kind;
import com.jamsocket.internal.dev.api.InjectedFault.Moment;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.http.Exchange;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's stream of one backend's states, with the fault that is injected into it. On the loop's thread only. */
final class StatusFeed implements Consumer<BackendState> {

    private final Exchange exchange;
    private final FaultEffects effects;
    private final Form form;
    private final @Nullable InjectedFault fault;
    private final Consumer<String> sink;
    private boolean broken;
    private int events;

    /**
     * How a dialect writes a stream.
     *
     * @param frame the event of a state
     * @param headers the headers of the answer, beside those of every event stream
     */
    record Form(Function<BackendState, String> frame, Map<String, String> headers) {}

    private StatusFeed(
            Exchange exchange, Backend backend, @Nullable InjectedFault fault, FaultEffects effects, Form form) {
        this.exchange = exchange;
        this.fault = fault;
        this.effects = effects;
        this.form = form;
        this.sink = exchange.stream(form.headers(), () -> {
            broken = true;
            backend.unfollow(this);
        });
    }

    /** Begins to tell a backend's states, after a status that the client knows. */
    static StatusFeed open(
            Exchange exchange,
            Backend backend,
            @Nullable BackendStatus known,
            @Nullable InjectedFault fault,
            FaultEffects effects,
            Form form) {
        StatusFeed feed = new StatusFeed(exchange, backend, fault, effects, form);
        feed.injectAt(Moment.BEFORE_FIRST_EVENT, "");
        backend.follow(known, feed);
        if (feed.broken) {
            backend.unfollow(feed);
        }
        return feed;
    }

    @Override
    public void accept(BackendState state) {
        if (broken || (fault != null && fault.drops(state.status()))) {
            return;
        }
        String block = form.frame().apply(state);
        if (events++ == 0 && injectAt(Moment.MID_EVENT, block)) {
            return;
        }
        sink.accept(block);
        if (events == 1) {
            injectAt(Moment.BETWEEN_EVENTS, block);
        }
        if (state.status().isTerminal()) {
            injectAt(Moment.AFTER_TERMINATED, block);
        }
    }

    /** Shows the client so often that the connection lives. */
    void keepAliveEvery(Duration interval, Ticker ticker) {
        var unused = ticker.after(interval, () -> {
            if (!broken) {
                sink.accept(":\n\n");
                keepAliveEvery(interval, ticker);
            }
        });
    }

    boolean dropsEvents() {
        return fault != null && fault.kind() == Kind.DROP_EVENT;
    }

    /** Injects the fault if its moment has come; whether the event in hand must not be sent any more. */
    private boolean injectAt(Moment moment, String block) {
        if (fault == null || fault.moment() != moment || broken || dropsEvents()) {
            return false;
        }
        if (moment == Moment.MID_EVENT && fault.kind() != Kind.GARBAGE && fault.kind() != Kind.SLOW) {
            sink.accept(block.substring(0, block.length() / 2));
        }
        switch (fault.kind()) {
            case GARBAGE -> sink.accept("data: {\"status\":\n\n");
            case HALF_EVENT -> {
                if (moment != Moment.MID_EVENT) {
                    sink.accept("data: {\"sta");
                }
                exchange.drop(false);
            }
            default -> effects.onStream(fault, exchange);
        }
        broken |= fault.kind() != Kind.GARBAGE && fault.kind() != Kind.SLOW;
        return broken;
    }
}
