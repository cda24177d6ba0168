package com.jamsocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ArrayDeque<Runnable> handedOver = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void handsOverOneTaskAtATime() {
        SerialExecutor serial = new SerialExecutor(handedOver::add, () -> {}, failures::add);
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> ran.add("b"));

        assertThat(handedOver).hasSize(1);
        handedOver.remove().run();
        assertThat(ran).containsExactly("a");
        handedOver.remove().run();
        assertThat(ran).containsExactly("a", "b");
        assertThat(handedOver).isEmpty();
    }

    @Test
    void keepsOrderAndNeverOverlapsOnManyThreads() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            SerialExecutor serial = new SerialExecutor(pool, () -> {}, failures::add);
            AtomicInteger inside = new AtomicInteger();
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            List<Integer> overlaps = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch done = new CountDownLatch(5000);
            for (int i = 0; i < 5000; i++) {
                int number = i;
                serial.execute(() -> {
                    if (inside.incrementAndGet() != 1) {
                        overlaps.add(number);
                    }
                    order.add(number);
                    inside.decrementAndGet();
                    done.countDown();
                });
            }
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(overlaps).isEmpty();
            assertThat(order).isSorted().hasSize(5000);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void tellsTheOwnerOfARejectionAndThenRunsWhatIsLeft() {
        tellsTheOwnerAndRunsWhatIsLeftWhenAnExecutor(task -> {
            throw new RejectedExecutionException("shut down");
        });
    }

    @Test
    void doesNotMindAnExecutorThatFailsAfterTheTask() {
        SerialExecutor serial = new SerialExecutor(
                task -> {
                    task.run();
                    throw new IllegalStateException("broken");
                },
                () -> ran.add("rejected"),
                failures::add);
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> ran.add("b"));

        assertThat(ran).containsExactly("a", "b");
        assertThat(failures).isEmpty();
    }

    @Test
    void takesTheLackOfAThreadForARejection() {
        tellsTheOwnerAndRunsWhatIsLeftWhenAnExecutor(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
    }

    private void tellsTheOwnerAndRunsWhatIsLeftWhenAnExecutor(Executor rejects) {
        SerialExecutor[] serial = new SerialExecutor[1];
        serial[0] = new SerialExecutor(
                rejects,
                () -> {
                    ran.add("rejected");
                    serial[0].execute(() -> ran.add("end"));
                },
                failures::add);
        serial[0].execute(() -> ran.add("task"));
        assertThat(ran).containsExactly("rejected", "task", "end");
    }

    @Test
    void tellsARejectionBetweenTwoTasks() {
        SerialExecutor serial = new SerialExecutor(
                task -> {
                    if (!handedOver.isEmpty()) {
                        throw new RejectedExecutionException("full");
                    }
                    handedOver.add(task);
                },
                () -> ran.add("rejected"),
                failures::add);
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> ran.add("b"));
        handedOver.peek().run();
        assertThat(ran).containsExactly("a", "rejected", "b");
    }

    @Test
    void takesAnyExceptionOfTheExecutorForARejection() {
        SerialExecutor serial = new SerialExecutor(
                task -> {
                    throw new IllegalStateException("the application is stopped");
                },
                () -> ran.add("rejected"),
                failures::add);
        serial.execute(() -> ran.add("task"));
        assertThat(ran).containsExactly("rejected", "task");
    }

    @Test
    void goesOnAfterATaskThatThrows() {
        SerialExecutor serial = new SerialExecutor(Runnable::run, () -> {}, failures::add);
        AssertionError failure = new AssertionError("thrown by a test");
        serial.execute(() -> {
            serial.execute(() -> ran.add("next"));
            throw failure;
        });
        assertThat(ran).containsExactly("next");
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void knowsWhetherItsTaskIsTheCaller() {
        SerialExecutor serial = new SerialExecutor(Runnable::run, () -> {}, failures::add);
        assertThat(serial.isRunningHere()).isFalse();
        serial.execute(() -> ran.add("inside " + serial.isRunningHere()));
        assertThat(ran).containsExactly("inside true");
        assertThat(serial.isRunningHere()).isFalse();
    }
}
