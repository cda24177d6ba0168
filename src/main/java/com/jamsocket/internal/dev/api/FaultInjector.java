package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendStatus;
import com.jamsocket.internal.dev.api.InjectedFault.Endpoint;
import com.jamsocket.internal.dev.api.InjectedFault.Kind;
import com.jamsocket.internal.dev.api.InjectedFault.Moment;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out requests and answers them, unless a fault is injected. On the loop's thread only. */
final class FaultInjector {

    private final Faults faults;
    private final FaultEffects effects;

    FaultInjector(Faults faults, FaultEffects effects) {
        this.faults = faults;
        this.effects = effects;
    }

    /** A request with one answer. */
    void unary(Endpoint endpoint, @Nullable String backendId, Exchange exchange, Supplier<HttpReply> action) {
        InjectedFault fault = faults.take(endpoint, backendId);
        if (fault != null && fault.moment() == Moment.HANDSHAKE && effects.insteadOfAnswer(fault, exchange)) {
            return;
        }
        HttpReply reply = action.get();
        if (fault != null && fault.moment() != Moment.HANDSHAKE && effects.insteadOfAnswer(fault, exchange)) {
            return;
        }
        exchange.reply(reply);
    }

    /** A request for a backend's states. */
    @Nullable
    StatusFeed stream(Exchange exchange, Backend backend, @Nullable BackendStatus known, StatusFeed.Form form) {
        InjectedFault fault = faults.take(Endpoint.STREAM, backend.id());
        if (fault != null && fault.moment() == Moment.HANDSHAKE && fault.kind() != Kind.DROP_EVENT) {
            if (fault.kind() == Kind.GARBAGE) {
                // There is no garbage before the head that would still be HTTP.
                fault = fault.at(Moment.BEFORE_FIRST_EVENT);
            } else if (effects.insteadOfAnswer(fault, exchange)) {
                return null;
            }
        }
        return StatusFeed.open(exchange, backend, known, fault, effects, form);
    }
}
