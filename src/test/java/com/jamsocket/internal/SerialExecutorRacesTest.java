package com.jamsocket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.jamsocket.testkit.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SerialExecutorRacesTest {

    @Test
    void runsTheTasksOfAllThreadsOneAfterTheOtherAndLosesNone() {
        Schedules.explore(() -> {
            Schedules.Threads threads = new Schedules.Threads();
            List<String> ran = new ArrayList<>();
            SerialExecutor serial = new SerialExecutor(threads, () -> {}, failure -> ran.add("failure"));
            Schedules.together(
                    () -> {
                        serial.execute(() -> ran.add("a1"));
                        serial.execute(() -> ran.add("a2"));
                    },
                    () -> serial.execute(() -> ran.add("b1")));
            threads.settle();
            assertEquals(Set.of("a1", "a2", "b1"), Set.copyOf(ran));
            assertEquals(3, ran.size());
            assertTrue(ran.indexOf("a1") < ran.indexOf("a2"));
        });
    }

    @Test
    void runsWhatIsLeftWhenTheExecutorIsShutDownInTheMiddle() {
        Schedules.explore(() -> {
            Schedules.Threads threads = new Schedules.Threads();
            AtomicBoolean shut = new AtomicBoolean();
            List<String> ran = new ArrayList<>();
            SerialExecutor serial = new SerialExecutor(
                    task -> {
                        if (shut.get()) {
                            throw new RejectedExecutionException("shut down");
                        }
                        threads.execute(task);
                    },
                    () -> {},
                    failure -> ran.add("failure"));
            Schedules.together(
                    () -> {
                        serial.execute(() -> ran.add("a1"));
                        serial.execute(() -> ran.add("a2"));
                    },
                    () -> shut.set(true));
            threads.settle();
            assertEquals(List.of("a1", "a2"), ran);
        });
    }
}
