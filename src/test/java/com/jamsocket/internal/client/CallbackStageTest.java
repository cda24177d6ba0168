package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What depends on an answer is code of the application, and runs where that may run. */
class CallbackStageTest {

    private static final CompletableFuture<String> OTHER = CompletableFuture.completedFuture("other");
    private static final CompletableFuture<String> NEVER = new CompletableFuture<>();

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "of-callbacks"));

    @AfterEach
    void shutDown() {
        callbacks.shutdown();
    }

    static Stream<Arguments> dependents() {
        return Stream.of(
                dependent("thenApply", (stage, ran) -> stage.thenApply(answer -> run(ran))),
                dependent("thenAccept", (stage, ran) -> stage.thenAccept(answer -> ran.run())),
                dependent("thenRun", CompletableFuture::thenRun),
                dependent(
                        "thenCompose",
                        (stage, ran) -> stage.thenCompose(answer -> {
                            ran.run();
                            return OTHER;
                        })),
                dependent("thenCombine", (stage, ran) -> stage.thenCombine(OTHER, (answer, other) -> run(ran))),
                dependent("thenAcceptBoth", (stage, ran) -> stage.thenAcceptBoth(OTHER, (answer, other) -> ran.run())),
                dependent("runAfterBoth", (stage, ran) -> stage.runAfterBoth(OTHER, ran)),
                dependent("applyToEither", (stage, ran) -> stage.applyToEither(NEVER, answer -> run(ran))),
                dependent("acceptEither", (stage, ran) -> stage.acceptEither(NEVER, answer -> ran.run())),
                dependent("runAfterEither", (stage, ran) -> stage.runAfterEither(NEVER, ran)),
                dependent("handle", (stage, ran) -> stage.handle((answer, failure) -> run(ran))),
                dependent("whenComplete", (stage, ran) -> stage.whenComplete((answer, failure) -> ran.run())));
    }

    static Stream<Arguments> rescues() {
        return Stream.of(
                dependent("exceptionally", (stage, ran) -> stage.exceptionally(failure -> run(ran))),
                dependent(
                        "exceptionallyCompose",
                        (stage, ran) -> stage.exceptionallyCompose(failure -> {
                            ran.run();
                            return OTHER;
                        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dependents")
    void dependentsRunOnCallbackThreads(
            String name, BiFunction<CompletableFuture<String>, Runnable, CompletableFuture<?>> dependent)
            throws Exception {
        assertThat(threadOf(dependent, stage -> stage.complete("answer"))).isEqualTo("of-callbacks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rescues")
    void whatTakesAFailureToo(
            String name, BiFunction<CompletableFuture<String>, Runnable, CompletableFuture<?>> dependent)
            throws Exception {
        assertThat(threadOf(dependent, stage -> stage.completeExceptionally(new IllegalStateException("refused"))))
                .isEqualTo("of-callbacks");
    }

    /** Where a dependent runs of a stage that is completed here. */
    private String threadOf(
            BiFunction<CompletableFuture<String>, Runnable, CompletableFuture<?>> dependent,
            Consumer<CompletableFuture<String>> completion)
            throws Exception {
        CallbackStage<String> stage = new CallbackStage<>(callbacks);
        CompletableFuture<String> thread = new CompletableFuture<>();
        var unused = dependent.apply(
                stage, () -> thread.complete(Thread.currentThread().getName()));
        completion.accept(stage);
        return thread.get(30, TimeUnit.SECONDS);
    }

    private static String run(Runnable task) {
        task.run();
        return "";
    }

    private static Arguments dependent(
            String name, BiFunction<CompletableFuture<String>, Runnable, CompletableFuture<?>> dependent) {
        return Arguments.of(name, dependent);
    }
}
