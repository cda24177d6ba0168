package com.jamsocket.internal.client;

import com.jamsocket.internal.FailureLog;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Runs what watches a client, and logs what it throws. Safe for use by many threads. */
public final class HookGuard {

    private final FailureLog failures = new FailureLog(System.getLogger("com.jamsocket"), Level.WARNING);

    /** Runs it. */
    public void tell(String what, Runnable hook) {
        try {
            hook.run();
        } catch (Throwable thrown) {
            log(what, thrown);
        }
    }

    /** Asks it; a failure has another answer. */
    <T> T ask(String what, Supplier<T> hook, T otherwise) {
        try {
            return hook.get();
        } catch (Throwable thrown) {
            log(what, thrown);
            return otherwise;
        }
    }

    private void log(String what, Throwable thrown) {
        failures.log(what, "JAMSOCKET-404 What watches the client failed in " + what, thrown);
    }

    /** The client is closed: tells how often what went wrong more than once did. */
    public void end() {
        failures.end();
    }
}
