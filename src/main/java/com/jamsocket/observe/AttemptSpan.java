package com.jamsocket.observe;

import com.jamsocket.internal.client.Hooks;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The span of an attempt. It begins in the filter that comes last before the network, which sees whether somebody else
 * has begun one.
 *
 * <p>Source: OpenTelemetry semantic conventions 1.27, "HTTP client spans".
 */
final class AttemptSpan implements Hooks.Attempt {

    private static final ContextKey<AttemptSpan> KEY = ContextKey.named("com.jamsocket.attempt");

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final String method;
    private final URI address;
    private final int resends;
    private final Context parent = Context.current();

    // Guarded by this: the filter and the end are on different threads.
    private @Nullable Span span;
    private boolean ended;

    AttemptSpan(Tracer tracer, TextMapPropagator propagator, String method, URI address, int resends) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.method = method;
        this.address = address;
        this.resends = resends;
    }

    /** The attempt whose request is being made on this thread. */
    static @Nullable AttemptSpan current() {
        return Context.current().get(KEY);
    }

    @Override
    public Runnable inContext(Runnable task) {
        return parent.with(KEY, this).wrap(task);
    }

    /** Its request is about to be sent with these headers, in which nobody has put a context. */
    void begin(MultivaluedMap<String, Object> headers) {
        Span begun;
        synchronized (this) {
            if (ended) {
                return;
            }
            begun = span == null ? start() : span;
            span = begun;
        }
        propagator.inject(parent.with(begun), headers, MultivaluedMap::putSingle);
    }

    private Span start() {
        SpanBuilder builder = tracer.spanBuilder(method)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent)
                .setAttribute("http.request.method", method)
                .setAttribute("url.full", address.toString())
                .setAttribute("server.address", address.getHost())
                .setAttribute("server.port", port());
        if (resends > 0) {
            builder.setAttribute("http.request.resend_count", resends);
        }
        return builder.startSpan();
    }

    private long port() {
        return address.getPort() != -1 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
    }

    @Override
    public void answered(int status) {
        end(open -> {
            open.setAttribute("http.response.status_code", status);
            if (status >= 400) {
                open.setAttribute("error.type", Integer.toString(status));
                open.setStatus(StatusCode.ERROR);
            }
        });
    }

    @Override
    public void failed(Throwable failure) {
        end(open -> {
            open.setAttribute("error.type", failure.getClass().getName());
            open.setStatus(StatusCode.ERROR);
        });
    }

    private synchronized void end(Consumer<Span> outcome) {
        Span open = span;
        if (open != null && !ended) {
            outcome.accept(open);
            open.end();
        }
        ended = true;
    }
}
