package com.jamsocket.internal.observe;

import java.time.Duration;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Writes events to the Flight Recorder while it is there and in use; otherwise this does next to nothing. */
public final class FlightRecording {

    private static final boolean PRESENT = isVisible();

    private FlightRecording() {}

    /** A JVM may be without it, and a server may hide it from its applications, as WildFly does. */
    private static boolean isVisible() {
        try {
            Class.forName("jdk.jfr.FlightRecorder", false, FlightRecording.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean isOn() {
        return PRESENT && Recorder.isOn();
    }

    /** A call begins; what is returned is to be told its failure, or null. */
    public static Consumer<@Nullable Throwable> calling(Object call) {
        return isOn() ? Recorder.calling(call) : FlightRecording::nobodyWatches;
    }

    private static void nobodyWatches(@Nullable Throwable failure) {}

    /** A stream reconnects. */
    public static void reconnecting(String backendId, int attempt, Duration delay, @Nullable Throwable cause) {
        if (isOn()) {
            Recorder.reconnecting(backendId, attempt, delay, cause);
        }
    }

    /** A stream has ended. */
    public static void ended(String backendId, String how, @Nullable Throwable cause) {
        if (isOn()) {
            Recorder.ended(backendId, how, cause);
        }
    }

    /** Apart, because the module may be absent. */
    private static final class Recorder {

        private Recorder() {}

        static boolean isOn() {
            return FlightRecorder.isInitialized();
        }

        static Consumer<@Nullable Throwable> calling(Object call) {
            CallEvent event = new CallEvent();
            event.begin();
            return failure -> {
                event.end();
                if (event.shouldCommit()) {
                    event.request = call.toString();
                    event.outcome = failure == null ? "ok" : name(failure);
                    event.commit();
                }
            };
        }

        static void reconnecting(String backendId, int attempt, Duration delay, @Nullable Throwable cause) {
            ReconnectEvent event = new ReconnectEvent();
            event.backend = backendId;
            event.attempt = attempt;
            event.delay = delay.toMillis();
            event.cause = name(cause);
            event.commit();
        }

        static void ended(String backendId, String how, @Nullable Throwable cause) {
            StreamEndEvent event = new StreamEndEvent();
            event.backend = backendId;
            event.how = how;
            event.cause = name(cause);
            event.commit();
        }

        /** Messages of others may hold what is secret. */
        private static @Nullable String name(@Nullable Throwable failure) {
            return failure == null ? null : failure.getClass().getSimpleName();
        }
    }
}
