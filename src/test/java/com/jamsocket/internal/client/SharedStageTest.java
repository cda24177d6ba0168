package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What many ask for, and nobody can take from the others. */
class SharedStageTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "of-callbacks"));
    private final CompletableFuture<String> source = new CompletableFuture<>();
    private final SharedStage<String> stage = new SharedStage<>(source, callbacks);

    @AfterEach
    void shutDown() {
        callbacks.shutdown();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("com.jamsocket.internal.client.CallbackStageTest#dependents")
    void dependentsRunOnCallbackThreads(
            String name, BiFunction<CompletableFuture<String>, Runnable, CompletableFuture<?>> dependent) {
        CompletableFuture<String> thread = new CompletableFuture<>();
        var unused = dependent.apply(
                stage, () -> thread.complete(Thread.currentThread().getName()));
        source.complete("answer");

        assertThat(thread).succeedsWithin(LONG).isEqualTo("of-callbacks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("com.jamsocket.internal.client.CallbackStageTest#rescues")
    void whatTakesAFailureToo(
            String name, BiFunction<CompletableFuture<String>, Runnable, CompletableFuture<?>> dependent) {
        CompletableFuture<String> thread = new CompletableFuture<>();
        var unused = dependent.apply(
                stage, () -> thread.complete(Thread.currentThread().getName()));
        source.completeExceptionally(new IllegalStateException("refused"));

        assertThat(thread).succeedsWithin(LONG).isEqualTo("of-callbacks");
    }

    @Test
    void nobodyCompletesItForTheOthers() {
        assertThat(stage.complete("by one")).isFalse();
        assertThat(stage.cancel(true)).isFalse();
        assertThat(stage.completeExceptionally(new IllegalStateException("by one")))
                .isFalse();
        assertThat(stage.completeAsync(() -> "by one")).succeedsWithin(LONG).isEqualTo("by one");
        assertThat(stage.completeOnTimeout("by one", 1, TimeUnit.MILLISECONDS))
                .succeedsWithin(LONG)
                .isEqualTo("by one");
        assertThatThrownBy(() -> stage.obtrudeValue("by one")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> stage.obtrudeException(new IllegalStateException("by one")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(stage).isNotDone();

        source.complete("answer");

        assertThat(stage).isCompletedWithValue("answer");
    }

    @Test
    void aTimeLimitIsThatOfWhoeverSetsIt() {
        assertThat(stage.orTimeout(1, TimeUnit.MILLISECONDS))
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(TimeoutException.class);
        assertThat(stage).isNotDone();
        assertThat(source).isNotDone();
    }
}
