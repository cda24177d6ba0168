package com.jamsocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DaemonThreadsTest {

    private static final InheritableThreadLocal<String> CALLER = new InheritableThreadLocal<>();

    @Test
    void takeNothingOverFromTheThreadThatStartsThem() throws Exception {
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        CompletableFuture<String> caller = new CompletableFuture<>();
        DaemonThreads forCaller = DaemonThreads.namedForCaller("test");
        CALLER.set("ann");
        try (URLClassLoader request = new URLClassLoader(new URL[0])) {
            here.setContextClassLoader(request);
            Thread thread = DaemonThreads.named("test").newThread(() -> caller.complete(CALLER.get()));
            thread.start();

            assertThat(caller.join()).isNull();
            assertThat(thread.getContextClassLoader()).isNotSameAs(request);
            assertThat(forCaller.newThread(() -> {}).getContextClassLoader()).isSameAs(before);
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("test-1");
        } finally {
            here.setContextClassLoader(before);
            CALLER.remove();
        }
    }

    @Test
    void ofAPoolEndWhenTheyAreIdle() throws InterruptedException {
        ThreadPoolExecutor pool = DaemonThreads.named("test").pool(1, Duration.ofMillis(10));
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        pool.execute(() -> thread.complete(Thread.currentThread()));

        thread.join().join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.join().isAlive()).isFalse();
    }
}
