package com.example.operated.telemetry;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Calls within traces of the application's own: those that servers begin for requests are not always theirs alone. On
 * WildFly a thread stays in that of a request whose resource has answered without blocking.
 */
@Path("operated/traced")
@Produces(MediaType.APPLICATION_JSON)
public class TracedResource {

    @Inject
    Jamsocket jamsocket;

    @Inject
    Traces traces;

    @Inject
    OpenTelemetry telemetry;

    @POST
    @Path("{key}")
    public Traced connect(@PathParam("key") String key) {
        Span span = begin();
        try (Scope scope = Context.root().with(span).makeCurrent()) {
            Traced traced = traced(span);
            traced.backend = jamsocket.connect(request(key)).backendId();
            return traced;
        } finally {
            span.end();
        }
    }

    @POST
    @Path("{key}/async")
    public CompletionStage<Traced> connectAsync(@PathParam("key") String key) {
        Span span = begin();
        try (Scope scope = Context.root().with(span).makeCurrent()) {
            return jamsocket.async().connect(request(key)).thenApply(response -> {
                Traced traced = traced(span);
                traced.continued = Traces.current();
                traced.backend = response.backendId();
                return traced;
            });
        } finally {
            span.end();
        }
    }

    private Span begin() {
        return telemetry
                .getTracer("documents")
                .spanBuilder("connect")
                .setNoParent()
                .startSpan();
    }

    private static Traced traced(Span span) {
        Traced traced = new Traced();
        traced.trace = span.getSpanContext().getTraceId();
        traced.span = span.getSpanContext().getSpanId();
        return traced;
    }

    @GET
    @Path("{backend}")
    public List<String> observed(@PathParam("backend") String backend) {
        return traces.of(backend);
    }

    private static ConnectRequest request(String key) {
        return ConnectRequest.builder().key(key).build();
    }
}
