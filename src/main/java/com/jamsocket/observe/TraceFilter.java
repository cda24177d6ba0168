package com.jamsocket.observe;

import io.opentelemetry.context.Context;
import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Sends the context of a trace with each request, streams included. It comes after the filters of everybody else. */
@Priority(Integer.MAX_VALUE - 1)
final class TraceFilter implements ClientRequestFilter {

    private final TracingHooks hooks;

    TraceFilter(TracingHooks hooks) {
        this.hooks = hooks;
    }

    /** A request is sent without the context rather than not at all. */
    @Override
    public void filter(ClientRequestContext request) {
        hooks.guard().tell("filter", () -> trace(request));
    }

    private void trace(ClientRequestContext request) {
        var headers = request.getHeaders();
        if (hooks.propagator().fields().stream().anyMatch(headers::containsKey)) {
            // The server's own client traces this request.
            return;
        }
        AttemptSpan attempt = AttemptSpan.current();
        if (attempt != null) {
            attempt.begin(headers);
        } else {
            hooks.propagator().inject(Context.current(), headers, (carrier, name, value) -> {
                if (carrier != null) {
                    carrier.putSingle(name, value);
                }
            });
        }
    }
}
