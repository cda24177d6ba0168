package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApplicationThreadsTest {

    private static final InheritableThreadLocal<String> APPLICATION = new InheritableThreadLocal<>();
    private static final ClassLoader LOADER = new URLClassLoader(new URL[0]);
    private static final ContainerContext CONTEXT = new ContainerContext(null, LOADER, null);

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
            new ApplicationThreads(container, CONTEXT).execute(() -> ran.complete(null));
        } finally {
            APPLICATION.remove();
        }

        assertThat(there.join()).isEqualTo("null on jamsocket-handover-1");
        ran.join();
    }

    @Test
    void handsATaskInWithTheClassLoaderOfTheApplication() {
        CompletableFuture<ClassLoader> there = new CompletableFuture<>();
        new ApplicationThreads(task -> there.complete(Thread.currentThread().getContextClassLoader()), CONTEXT)
                .execute(() -> {});

        assertThat(there.join()).isSameAs(LOADER);
    }

    @Test
    void hasATaskRunInTheContextOfTheApplication() {
        ThreadLocal<String> naming = new ThreadLocal<>();
        ContainerContext context = new ContainerContext(null, LOADER, action -> {
            naming.set("ours");
            action.run();
        });
        CompletableFuture<String> there = new CompletableFuture<>();
        new ApplicationThreads(Runnable::run, context).execute(() -> there.complete(naming.get()));

        assertThat(there.join()).isEqualTo("ours");
    }

    @Test
    void runsATaskItselfThatTheContainerRefuses() {
        assertThat(threadOfATaskBehind(task -> {
                    throw new RejectedExecutionException("too busy");
                }))
                .startsWith("jamsocket-callback");
    }

    @Test
    void runsATaskItselfWhenTheContainerHasNoThread() {
        assertThat(threadOfATaskBehind(task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }))
                .startsWith("jamsocket-callback");
    }

    @Test
    void runsATaskOnceThatTheContainerRanBeforeItFailed() throws InterruptedException {
        AtomicInteger times = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2);
        ApplicationThreads threads = new ApplicationThreads(
                task -> {
                    task.run();
                    throw new IllegalStateException("broken");
                },
                CONTEXT);
        threads.execute(() -> {
            times.incrementAndGet();
            done.countDown();
        });
        threads.execute(done::countDown);

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(times).hasValue(1);
    }

    @Test
    void runsATaskItselfThatComesAfterTheClose() {
        CompletableFuture<String> thread = new CompletableFuture<>();
        ApplicationThreads threads = new ApplicationThreads(
                task -> {
                    throw new AssertionError("handed in");
                },
                CONTEXT);
        threads.close();
        threads.execute(() -> thread.complete(Thread.currentThread().getName()));

        assertThat(thread.join()).startsWith("jamsocket-callback");
    }

    @Test
    void runsATaskItselfThatWasNotHandedInYetAtTheClose() throws InterruptedException {
        CountDownLatch handing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        AtomicInteger handedIn = new AtomicInteger();
        ApplicationThreads threads = new ApplicationThreads(
                task -> {
                    handedIn.incrementAndGet();
                    handing.countDown();
                    waitFor(closed);
                    task.run();
                },
                CONTEXT);
        threads.execute(() -> {});
        handing.await();
        CompletableFuture<String> thread = new CompletableFuture<>();
        threads.execute(() -> thread.complete(Thread.currentThread().getName()));
        threads.close();
        closed.countDown();

        assertThat(thread.join()).startsWith("jamsocket-callback");
        assertThat(handedIn).hasValue(1);
    }

    @Test
    void refusedTasksMayWaitForEachOther() {
        ApplicationThreads threads = new ApplicationThreads(
                task -> {
                    throw new RejectedExecutionException("too busy");
                },
                CONTEXT);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        threads.execute(() -> first.complete(second.join()));
        threads.execute(() -> second.complete("done"));

        assertThat(first.join()).isEqualTo("done");
    }

    @Test
    void areOurOwnWhereTheContainerHasNone() {
        CompletableFuture<String> found = new CompletableFuture<>();
        new ApplicationThreads(null, CONTEXT)
                .execute(() -> found.complete(Thread.currentThread().getName() + " with "
                        + (Thread.currentThread().getContextClassLoader() == LOADER)));

        assertThat(found.join()).isEqualTo("jamsocket-callback-1 with true");
    }

    @Test
    void endSoonAfterTheClose() throws InterruptedException {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        ApplicationThreads threads = new ApplicationThreads(null, CONTEXT);
        threads.execute(() -> thread.complete(Thread.currentThread()));
        thread.join();

        threads.close();
        thread.join().join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.join().isAlive()).isFalse();
    }

    private static String threadOfATaskBehind(Executor container) {
        CompletableFuture<String> thread = new CompletableFuture<>();
        new ApplicationThreads(container, CONTEXT)
                .execute(() -> thread.complete(Thread.currentThread().getName()));
        return thread.join();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
