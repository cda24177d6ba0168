package com.jamsocket.internal.sse;

import jakarta.ws.rs.sse.InboundSseEvent;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The callbacks registered with a source. One that throws is logged and does not harm the others. */
final class Consumers {
    private final System.Logger logger = System.getLogger("com.jamsocket");
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    void add(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError, Runnable onComplete) {
        registrations.add(new Registration(onEvent, onError, onComplete));
    }

    void event(InboundSseEvent event) {
        registrations.forEach(each -> call("event", () -> each.onEvent.accept(event)));
    }

    /** The last call: the error if there is one, then completion. */
    void end(@Nullable Throwable error) {
        for (Registration each : registrations) {
            if (error != null) {
                call("error", () -> each.onError.accept(error));
            }
            call("completion", each.onComplete);
        }
    }

    /** Runs a callback of the application; what it throws is the application's, and goes to the log. */
    void call(String what, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            logger.log(
                    Level.WARNING,
                    "JAMSOCKET-207 A consumer of an event stream failed on " + what + "; the stream goes on",
                    thrown);
        }
    }

    private record Registration(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError, Runnable onComplete) {}
}
