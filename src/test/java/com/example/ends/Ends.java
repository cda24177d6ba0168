package com.example.ends;

import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The ends that this node was told of. */
@ApplicationScoped
public class Ends {

    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private final AtomicInteger statesAfterAnEnd = new AtomicInteger();

    void on(@Observes BackendEvent event) {
        if (told.containsKey(event.backendId())) {
            statesAfterAnEnd.incrementAndGet();
        }
    }

    void on(@Observes BackendEnd end) {
        told.merge(end.backendId(), List.of(end.how().getClass().getSimpleName()), (before, now) -> Stream.concat(
                        before.stream(), now.stream())
                .toList());
    }

    /** How each backend has ended, by its id: one word for each event. */
    public Map<String, List<String>> told() {
        return Map.copyOf(told);
    }

    public boolean isTold(String backendId) {
        return told.containsKey(backendId);
    }

    /** How many states came after the end of their backend. */
    public int statesAfterAnEnd() {
        return statesAfterAnEnd.get();
    }
}
