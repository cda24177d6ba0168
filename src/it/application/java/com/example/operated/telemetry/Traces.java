package com.example.operated.telemetry;

import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The traces that observers find themselves in. */
@ApplicationScoped
public class Traces {

    private record Found(String backend, String trace) {}

    private final List<Found> found = new CopyOnWriteArrayList<>();

    void on(@Observes BackendEvent event) {
        found.add(new Found(event.backendId(), current()));
    }

    void later(@ObservesAsync BackendEvent event) {
        found.add(new Found(event.backendId(), current()));
    }

    void on(@Observes BackendEnd end) {
        found.add(new Found(end.backendId(), current()));
    }

    /** The trace of this thread; zeros if it is in none. */
    static String current() {
        return Span.current().getSpanContext().getTraceId();
    }

    List<String> of(String backend) {
        return found.stream()
                .filter(one -> one.backend().equals(backend))
                .map(Found::trace)
                .toList();
    }
}
