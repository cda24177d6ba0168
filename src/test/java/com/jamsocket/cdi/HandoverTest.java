package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HandoverTest {

    private static final InheritableThreadLocal<String> APPLICATION = new InheritableThreadLocal<>();

    @Test
    void handsATaskInFromAThreadThatHasNothingOfTheApplication() {
        CompletableFuture<String> there = new CompletableFuture<>();
        Executor container = task -> {
            there.complete(APPLICATION.get() + " on " + Thread.currentThread().getName());
            task.run();
        };
        CompletableFuture<Void> ran = new CompletableFuture<>();
        APPLICATION.set("ours");
        try {
            new Handover(container).execute(() -> ran.complete(null));
        } finally {
            APPLICATION.remove();
        }

        assertThat(there.join()).isEqualTo("null on jamsocket-handover-1");
        ran.join();
    }

    @Test
    void runsATaskItselfThatTheContainerRefuses() {
        assertThat(threadOfATaskBehind(task -> {
                    throw new RejectedExecutionException("too busy");
                }))
                .startsWith("jamsocket-handover");
    }

    @Test
    void runsATaskItselfWhenTheContainerHasNoThread() {
        assertThat(threadOfATaskBehind(task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }))
                .startsWith("jamsocket-handover");
    }

    @Test
    void endsItsThreadWhenItIsIdle() throws InterruptedException {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        new Handover(Runnable::run).execute(() -> thread.complete(Thread.currentThread()));

        thread.join().join(TimeUnit.SECONDS.toMillis(9));
        assertThat(thread.join().isAlive()).isFalse();
    }

    private static String threadOfATaskBehind(Executor container) {
        CompletableFuture<String> thread = new CompletableFuture<>();
        new Handover(container)
                .execute(() -> thread.complete(Thread.currentThread().getName()));
        return thread.join();
    }
}
