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

    /** A request with one answer. */
    void unary(Endpoint endpoint, @Nullable String backendId, Exchange exchange, Supplier<HttpReply> action) {
        Fault fault = faults.take(endpoint, backendId);
        if (fault != null && fault.moment() == Moment.HANDSHAKE && strike.insteadOfAnswer(fault, exchange)) {
            return;
        }
        HttpReply reply = action.get();
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
        if (fault != null && fault.moment() == Moment.HANDSHAKE) {
            if (fault.kind() == Fault.Kind.GARBAGE) {
                // There is no garbage before the head that would still be HTTP.
                fault = fault.at(Moment.BEFORE_FIRST_EVENT);
            } else if (strike.insteadOfAnswer(fault, exchange)) {
                return null;
            }
        }
        return StatusFeed.open(exchange, backend, known, fault, strike, frame);
    }
}
