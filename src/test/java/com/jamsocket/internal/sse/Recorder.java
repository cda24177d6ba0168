package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Takes down what a source tells, in order, and lets a test wait for it. */
final class Recorder {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> data = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int completions;
    private volatile Consumer<String> reaction = event -> {};

    /** Registers with a source. */
    Recorder on(SseEventSource source) {
        source.register(this::event, this::error, this::complete);
        return this;
    }

    Recorder on(Consumers consumers) {
        consumers.add(this::event, this::error, this::complete);
        return this;
    }

    /** Also does this for each event, on the thread of the callback. */
    Recorder doing(Consumer<String> reaction) {
        this.reaction = reaction;
        return this;
    }

    private void event(InboundSseEvent event) {
        synchronized (this) {
            data.add(event.readData());
            calls.add(event.readData());
            notifyAll();
        }
        reaction.accept(event.readData());
    }

    private synchronized void error(Throwable error) {
        errors.add(error);
        calls.add("error");
        notifyAll();
    }

    private synchronized void complete() {
        completions++;
        calls.add("complete");
        notifyAll();
    }

    synchronized List<String> data() {
        return List.copyOf(data);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized Throwable onlyError() {
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }

    /** Waits until these are exactly the data received so far. */
    void awaitData(String... expected) throws InterruptedException {
        await(() -> data.size() >= expected.length);
        assertThat(data()).containsExactly(expected);
    }

    /** Waits until something that contains this was received. */
    void awaitEvent(String expected) throws InterruptedException {
        await(() -> data.contains(expected));
    }

    void awaitError() throws InterruptedException {
        await(() -> !errors.isEmpty());
    }

    void awaitCompletion() throws InterruptedException {
        await(() -> completions > 0);
    }

    private synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (rest <= 0) {
                throw new AssertionError("not within " + PATIENCE + "; so far: " + calls + ", errors " + errors);
            }
            wait(rest);
        }
    }
}
