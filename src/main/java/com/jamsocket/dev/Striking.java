package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.dev.Fault.Moment;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out requests and answers them, unless a fault is to strike. On the loop's thread only. */
final class Striking {

    private final Faults faults;
    private final FaultStrike strike;

    Striking(Faults faults, FaultStrike strike) {
        this.faults = faults;
        this.strike = strike;
    }

    /** A request with one JSON answer. */
    void unary(Endpoint endpoint, @Nullable String backendId, Exchange exchange, Supplier<String> action) {
        Fault fault = faults.take(endpoint, backendId);
        if (fault != null && fault.moment() == Moment.HANDSHAKE && strike.insteadOfAnswer(fault, exchange)) {
            return;
        }
        HttpReply reply = HttpReply.json(200, action.get()).withDefault("access-control-allow-origin", "*");
        if (fault != null && fault.moment() != Moment.HANDSHAKE && strike.insteadOfAnswer(fault, exchange)) {
            return;
        }
        exchange.reply(reply);
    }

    /** A request for a backend's states. */
    @Nullable
    StatusFeed stream(
            Exchange exchange,
            DevBackend backend,
            @Nullable BackendStatus known,
            Function<BackendState, String> frame) {
        Fault fault = faults.take(Endpoint.STREAM, backend.id());
        if (fault != null && fault.moment() == Moment.HANDSHAKE && handshake(fault, exchange)) {
            return null;
        }
        return StatusFeed.open(exchange, backend, known, fault, strike, frame);
    }

    /** A stream that is to be garbage is one nevertheless. */
    private boolean handshake(Fault fault, Exchange exchange) {
        if (fault.kind() == Fault.Kind.GARBAGE) {
            exchange.stream(() -> {}).send("data: {\"status\":\n\n");
            exchange.drop(false);
            return true;
        }
        return strike.insteadOfAnswer(fault, exchange);
    }
}
