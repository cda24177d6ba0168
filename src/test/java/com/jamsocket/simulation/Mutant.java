package com.jamsocket.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fault that is put into the code of the client, for the simulation to find. */
enum Mutant {
    NO_DEDUPLICATION("client/StateDeduplication", ": isAhead(state);", ": true;"),
    NO_GAP_FILLING("client/StatusStream", "if (gap == null && context.dialect().replaysHistory()", "if (false"),
    NO_LIMIT_OF_A_GAP("client/StatusStream", "REPLAY, () -> giveUp(opened))", "REPLAY, () -> {})"),
    END_TOLD_TWICE(
            "client/StatusStream",
            "        synchronized (this) {\n            if (end != null) {\n                return;",
            "        synchronized (this) {\n            if (false) {\n                return;"),
    NO_COMPARISON("client/StatusStream", "        comparison.start();\n", ""),
    COMPARISON_NOT_STOPPED("client/StatusStream", "            comparison.stop();\n", ""),
    LOST_CANCEL_OF_A_STREAM("sse/Connection", "            current.cancel();\n", ""),
    LOST_CANCEL_OF_A_QUESTION(
            "sse/UnaryExchange", "        Stages.whenDone(result, (answer, failure) -> exchange.cancel());\n", ""),
    NO_LIMIT_OF_A_BODY(
            "sse/LimitedBody", "timer.after(time, () -> timeUp(whole, time))", "timer.after(time, () -> {})"),
    STATE_AFTER_CLOSE("client/CallbackListener", "        closed = true;\n", ""),
    LISTENER_STOPS_THE_END(
            "client/CallbackListener", "} catch (Throwable thrown) {", "} catch (RuntimeException thrown) {"),
    NO_DEADLINE("client/Await", "        Failures.later(ticker, timeout, result, this::late);\n", ""),
    TIMER_LEFT(
            "client/Failures", "            Stages.cancelWhenDone(result, alarm);\n", "            alarm.isDone();\n"),
    STREAM_OF_A_WAIT_LEFT("client/Await", "        Stages.whenDone(result, (value, failure) -> stream.close());\n", ""),
    DEMAND_NOT_COUNTED("client/PublishedStream", "            demand.decrementAndGet();\n", ""),
    SECOND_SPAWN("client/Retries", "|| !(call.repeatable() || !mayHaveTakenEffect(known))", "|| !known.isRetryable()");

    private static final Path SOURCES = Path.of("src/main/java/com/jamsocket/internal");

    private final String file;
    private final String code;
    private final String mutation;

    Mutant(String file, String code, String mutation) {
        this.file = file;
        this.code = code;
        this.mutation = mutation;
    }

    /** The name of the class, with its package. */
    String type() {
        return "com.jamsocket.internal." + file.replace('/', '.');
    }

    /** Its source with the fault. */
    String source() throws IOException {
        String source = Files.readString(SOURCES.resolve(file + ".java"));
        int at = source.indexOf(code);
        if (at < 0 || source.indexOf(code, at + 1) >= 0) {
            throw new AssertionError(this + " needs another look: " + file + " does not have its code once");
        }
        return source.replace(code, mutation);
    }
}
