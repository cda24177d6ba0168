package com.jamsocket.demo.whiteboard;

import com.jamsocket.BackendState;
import com.jamsocket.StreamEnd;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import com.jamsocket.cdi.BackendInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What has become of the processes of each board, for its page to show. It observes the events of the backends that the
 * application has connected to, and remembers the last of them; after a restart, those of the backends that still run
 * are told again.
 */
@ApplicationScoped
@Path("boards/{board}/chronicle")
public class Chronicle {

    private static final int MOST_BOARDS = 1_000;
    private static final int MOST_ENTRIES = 20;

    /** By the key of a board, whoever was heard of last at the end. Guarded by this object. */
    private final Map<String, Deque<Entry>> boards = new LinkedHashMap<>();

    private record Entry(Instant time, String text) {}

    /** A state of a process: those that say something to people. */
    synchronized void remember(@Observes BackendEvent event) {
        Instant time = event.state().time();
        switch (event.state().status()) {
            case SCHEDULED -> add(event.backend(), time, opener(event.backend()) + " opened the board.");
            case READY -> add(event.backend(), time, "Its process was ready.");
            case TERMINATING, HARD_TERMINATING -> add(event.backend(), time, "Its process was asked to end.");
            default -> {}
        }
    }

    /** The end of a process, or of what is known of it. */
    synchronized void remember(@Observes BackendEnd end) {
        BackendState last = end.lastState();
        add(end.backend(), last == null ? Instant.now() : last.time(), text(end.how()));
    }

    private static String opener(BackendInfo backend) {
        return Objects.requireNonNullElse(backend.user(), "Somebody");
    }

    private static String text(StreamEnd how) {
        if (how instanceof StreamEnd.Terminated terminated) {
            return text(terminated.state());
        }
        return how instanceof StreamEnd.Closed || how instanceof StreamEnd.Failed
                ? "Nothing more is known of its process."
                : "Its process was lost.";
    }

    private static String text(BackendState.Terminated end) {
        if (end.reason() == null) {
            return Boolean.TRUE.equals(end.exitError()) ? "Its process crashed." : "Its process ended.";
        }
        return switch (end.reason()) {
            case SWEPT -> "Nobody was here for long, so its process was ended.";
            case EXTERNAL -> "Its process was ended from outside.";
            case STARTUP_TIMEOUT -> "Its process did not start in time.";
            default -> "Its process was lost.";
        };
    }

    private void add(BackendInfo backend, Instant time, String text) {
        String key = backend.key();
        if (key == null) {
            return;
        }
        Deque<Entry> entries = Objects.requireNonNullElseGet(boards.remove(key), ArrayDeque::new);
        boards.put(key, entries);
        entries.add(new Entry(time, text));
        if (entries.size() > MOST_ENTRIES) {
            entries.remove();
        }
        if (boards.size() > MOST_BOARDS) {
            boards.remove(boards.keySet().iterator().next());
        }
    }

    /** What is remembered of a board, in the order in which it happened. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public synchronized String of(@PathParam("board") String board) {
        JsonArrayBuilder entries = Json.createArrayBuilder();
        // The end of a process may be told after the beginning of the next.
        boards.getOrDefault(Boards.key(board), new ArrayDeque<>()).stream()
                .sorted(Comparator.comparing(Entry::time))
                .forEach(entry -> entries.add(Json.createObjectBuilder()
                        .add("time", entry.time().toString())
                        .add("text", entry.text())));
        return entries.build().toString();
    }
}
