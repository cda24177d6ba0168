package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    /** Those that are not attached by methods of the stage. */
    static Stream<Arguments> strangers() {
        return Stream.of(
                dependent(
                        "allOf", (stage, ran) -> CompletableFuture.allOf(stage).thenRun(ran)),
                dependent("anyOf", (stage, ran) -> CompletableFuture.anyOf(NEVER, stage)
                        .thenRun(ran)),
                dependent("a foreign thenCombine", (stage, ran) -> OTHER.thenCombine(stage, (a, b) -> run(ran))),
                dependent("a foreign applyToEither", (stage, ran) -> NEVER.applyToEither(stage, a -> run(ran))),
                dependent("a foreign thenCompose", (stage, ran) -> OTHER.thenCompose(other -> stage)
                        .thenRun(ran)),
                dependent("its copy", (stage, ran) -> stage.copy().thenRun(ran)));
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
    @MethodSource({"dependents", "strangers"})
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

    @Test
    void whatItsContinuationGivesRunsThereToo() throws Exception {
        CallbackStage<String> first = new CallbackStage<>(callbacks);
        CallbackStage<String> second = new CallbackStage<>(callbacks);
        CountDownLatch composed = new CountDownLatch(1);
        CompletableFuture<String> thread = first.thenCompose(answer -> {
                    composed.countDown();
                    return second;
                })
                .thenApply(answer -> Thread.currentThread().getName());
        first.complete("one");
        composed.await();
        second.complete("two");

        assertThat(thread.get(30, TimeUnit.SECONDS)).isEqualTo("of-callbacks");
    }

    @Test
    void whoLooksAtTheAnswerWaitsForNoThread() throws Exception {
        CallbackStage<String> stage = CallbackStage.of(OTHER, task -> {});

        assertThat(stage.isDone()).isTrue();
        assertThat(stage.get()).isEqualTo("other");
        assertThat(stage.get(0, TimeUnit.SECONDS)).isEqualTo("other");
        assertThat(stage.getNow("none")).isEqualTo("other");
        assertThat(stage.join()).isEqualTo("other");
    }

    @Test
    void completingItGivesUpWhatItStandsFor() {
        for (Consumer<CompletableFuture<String>> completion : List.<Consumer<CompletableFuture<String>>>of(
                stage -> stage.complete("enough"),
                stage -> stage.completeExceptionally(new IllegalStateException("enough")),
                stage -> stage.cancel(false),
                stage -> stage.completeAsync(() -> "enough", Runnable::run),
                stage -> stage.completeOnTimeout("enough", 0, TimeUnit.SECONDS).join())) {
            CompletableFuture<String> operation = new CompletableFuture<>();
            CallbackStage<String> stage = CallbackStage.of(operation, callbacks);

            completion.accept(stage);

            assertThat(stage.isDone()).isTrue();
            // By the thread that completes the stage: of a timeout, that of the JDK's timer.
            assertThat(operation).failsWithin(30, TimeUnit.SECONDS).withThrowableOfType(CancellationException.class);
        }
    }

    @Test
    void aSubscriptionThatComesAfterItWasGivenUpIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        StatusSubscription late = new StatusSubscription() {
            @Override
            public String backendId() {
                return "b1";
            }

            @Override
            public CompletionStage<StreamEnd> end() {
                return new CompletableFuture<>();
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        CompletableFuture<StatusSubscription> opening = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                // It completes in this moment.
                return false;
            }
        };
        CallbackStage.of(opening, callbacks).cancel(true);
        opening.complete(late);

        assertThat(closed).isTrue();
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
