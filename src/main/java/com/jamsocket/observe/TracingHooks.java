package com.jamsocket.observe;

import com.jamsocket.internal.client.HookGuard;
import com.jamsocket.internal.client.Hooks;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.URI;
import java.util.function.UnaryOperator;

/** Traces a client: a span for each attempt of a call, and the context of a caller for what it begins. */
final class TracingHooks implements Hooks {

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final HookGuard guard = new HookGuard();

    TracingHooks(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer(OpenTelemetryMeters.SCOPE);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    TextMapPropagator propagator() {
        return propagator;
    }

    HookGuard guard() {
        return guard;
    }

    @Override
    public void closed() {
        guard.end();
    }

    @Override
    public boolean seesAttempts() {
        return true;
    }

    @Override
    public Attempt attempting(String method, URI address, int resends) {
        return new AttemptSpan(tracer, propagator, method, address, resends);
    }

    @Override
    public UnaryOperator<Runnable> context() {
        Context current = Context.current();
        return current.equals(Context.root()) ? UnaryOperator.identity() : current::wrap;
    }
}
