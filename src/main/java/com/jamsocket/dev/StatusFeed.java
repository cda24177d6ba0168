package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's stream of one backend's states, with the fault that is to strike it. On the loop's thread only. */
final class StatusFeed implements Consumer<BackendState> {

    private final Exchange exchange;
    private final FaultStrike strike;
    private final Function<BackendState, String> frame;
    private final @Nullable Fault fault;
    private final EventSink sink;
    private boolean broken;
    private int events;

    private StatusFeed(
            Exchange exchange,
            DevBackend backend,
            @Nullable Fault fault,
            FaultStrike strike,
            Function<BackendState, String> frame) {
        this.exchange = exchange;
        this.fault = fault;
        this.strike = strike;
        this.frame = frame;
        this.sink = exchange.stream(() -> {
            broken = true;
            backend.unfollow(this);
        });
    }

    /** Begins to tell a backend's states, after a status that the client knows. */
    static StatusFeed open(
            Exchange exchange,
            DevBackend backend,
            @Nullable BackendStatus known,
            @Nullable Fault fault,
            FaultStrike strike,
            Function<BackendState, String> frame) {
        StatusFeed feed = new StatusFeed(exchange, backend, fault, strike, frame);
        feed.strikeIf(Fault.Moment.BEFORE_FIRST_EVENT, "");
        backend.follow(known, feed);
        if (feed.broken) {
            backend.unfollow(feed);
        }
        return feed;
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public void accept(BackendState state) {
        if (broken) {
            return;
        }
        String block = frame.apply(state);
        if (events++ == 0 && strikeIf(Fault.Moment.MID_EVENT, block)) {
            return;
        }
        sink.send(block);
        if (events == 1) {
            strikeIf(Fault.Moment.BETWEEN_EVENTS, block);
        }
        if (state.status().isTerminal()) {
            strikeIf(Fault.Moment.AFTER_TERMINATED, block);
        }
    }

    /** Something to send when there are no states: the client is to see that the connection lives. */
    void keepAlive() {
        if (!broken) {
            sink.send(":\n\n");
        }
    }

    /** Lets the fault strike if its moment has come; true if the event in hand must not be sent any more. */
    private boolean strikeIf(Fault.Moment moment, String block) {
        if (fault == null || fault.moment() != moment || broken) {
            return false;
        }
        if (moment == Fault.Moment.MID_EVENT && fault.kind() != Fault.Kind.GARBAGE && fault.kind() != Fault.Kind.SLOW) {
            sink.send(block.substring(0, block.length() / 2));
        }
        switch (fault.kind()) {
            case GARBAGE -> sink.send("data: {\"status\":\n\n");
            case HALF_EVENT -> {
                if (moment != Fault.Moment.MID_EVENT) {
                    sink.send("data: {\"sta");
                }
                exchange.drop(false);
            }
            default -> strike.onStream(fault, exchange);
        }
        broken |= fault.kind() != Fault.Kind.GARBAGE && fault.kind() != Fault.Kind.SLOW;
        return broken;
    }
}
