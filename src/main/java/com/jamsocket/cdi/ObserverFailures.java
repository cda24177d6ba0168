package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.Ticker;
import jakarta.enterprise.context.ContextException;
import jakarta.enterprise.event.ObserverException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logs what observers of one backend's events throw.
 *
 * <p>An application that is being undeployed loses its parts one by one before its observers are told of nothing more.
 * What is thrown for the lack of them is no failure of an observer, but looks the same, so that it is logged only when
 * the application is still there after a moment.
 */
final class ObserverFailures {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    /** How long an undeployment takes at most until it has stopped the events. */
    static final Duration UNDEPLOYMENT = Duration.ofSeconds(3);

    private final String backendId;
    private final Ticker ticker;
    private final FailureLog failures = new FailureLog(LOG, Level.WARNING);
    private volatile boolean delayed;
    private volatile boolean stopped;

    ObserverFailures(String backendId, Ticker ticker) {
        this.backendId = backendId;
        this.ticker = ticker;
    }

    /** Logs how the firing of an event has failed. */
    @Nullable
    Void log(Object event, Throwable failure) {
        String message = "JAMSOCKET-301 An observer failed at " + name(event) + " of the backend " + backendId;
        thrownByObservers(failure).forEach(thrown -> {
            String kind = BackendEvents.typeOf(event) + " " + thrown.getClass().getName();
            if (mayBeOfAnUndeployment(thrown)) {
                logLater(() -> log(kind, message, thrown), message, thrown);
            } else {
                log(kind, message, thrown);
            }
        });
        return null;
    }

    private void logLater(Runnable line, String message, Throwable thrown) {
        delayed = true;
        try {
            var unused = ticker.after(UNDEPLOYMENT, line);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, message, thrown);
        }
    }

    private void log(String kind, String message, Throwable thrown) {
        if (stopped) {
            LOG.log(Level.DEBUG, message, thrown);
        } else {
            failures.log(kind, message, thrown);
        }
    }

    /** What containers throw that have no bean, context, thread or class any more. */
    private static boolean mayBeOfAnUndeployment(Throwable thrown) {
        return thrown instanceof IllegalStateException
                || thrown instanceof ContextException
                || thrown instanceof RejectedExecutionException
                || thrown instanceof LinkageError;
    }

    /** Containers wrap what an observer throws, and add what further asynchronous ones have thrown. */
    private static Stream<Throwable> thrownByObservers(Throwable failure) {
        if (!isWrapper(failure)) {
            return Stream.of(failure);
        }
        List<Throwable> suppressed = List.of(failure.getSuppressed());
        Throwable cause = failure.getCause();
        if (cause == null && suppressed.isEmpty()) {
            return Stream.of(failure);
        }
        return Stream.concat(Stream.ofNullable(cause), suppressed.stream())
                .distinct()
                .flatMap(ObserverFailures::thrownByObservers);
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof ObserverException;
    }

    /** There are no more events: tells how often what happened more than once did. */
    void end() {
        if (!delayed) {
            failures.end();
            return;
        }
        try {
            var unused = ticker.after(UNDEPLOYMENT, failures::end);
        } catch (RejectedExecutionException e) {
            failures.end();
        }
    }

    /** The application is being undeployed: nothing is a failure any more. */
    void stop() {
        stopped = true;
        failures.end();
    }

    private static String name(Object event) {
        if (event instanceof BackendState state) {
            return "the state " + state.statusName();
        }
        return event instanceof BackendEvent told
                ? "the state " + told.state().statusName()
                : "the event " + BackendEvents.typeOf(event);
    }
}
