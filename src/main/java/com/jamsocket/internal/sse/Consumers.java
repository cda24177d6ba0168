package com.jamsocket.internal.sse;

import com.jamsocket.internal.FailureLog;
import jakarta.ws.rs.sse.InboundSseEvent;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The callbacks registered with a source. One that throws is logged and does not harm the others. */
final class Consumers {

    private static final System.Logger LOG = System.getLogger("com.jamsocket");

    private final FailureLog failures = new FailureLog(LOG, Level.WARNING);
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
        failures.end();
    }

    /** Runs a callback of the application; what it throws is the application's, and goes to the log. */
    void call(String what, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            failures.log(what, "JAMSOCKET-207 A consumer of an event stream failed on " + what, thrown);
        }
    }

    private record Registration(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError, Runnable onComplete) {}
}
