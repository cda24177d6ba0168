package com.jamsocket.internal.dev.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.testkit.Eventually;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> done = new ArrayList<>();

    private void add(long due, String name) {
        var unused = timers.add(due, () -> done.add(name));
    }

    @Test
    void runsWhatIsDueInTheOrderOfTimeAndOfSetting() {
        add(2, "b");
        add(1, "a");
        add(2, "c");
        add(3, "later");
        timers.run(2, 10);
        assertThat(done).containsExactly("a", "b", "c");
        assertThat(timers.next()).isEqualTo(3);
    }

    @Test
    void runsOnlySoManyTimedTasksAtOnceButAllThatAreImmediate() {
        for (int i = 0; i < 5; i++) {
            var unused = timers.add(i, this::addImmediate);
        }
        timers.run(10, 2);
        assertThat(done).hasSize(2);
        assertThat(timers.next()).isEqualTo(2);
        timers.run(10, 10);
        assertThat(done).hasSize(5);
        assertThat(timers.next()).isNull();
    }

    private void addImmediate() {
        var unused = timers.addImmediate(() -> done.add("at once"));
    }

    @Test
    void forgetsWhatIsCancelled() throws Exception {
        Object held = new Object();
        WeakReference<Object> reference = new WeakReference<>(held);
        Future<?> timer = hold(held);
        held = null;
        timer.cancel(false);

        assertThat(timers.next()).isNull();
        timers.run(10, 10);
        assertThat(done).isEmpty();
        Eventually.afterCollection("the task to be let go of", () -> reference.refersTo(null));
        assertThat(timer.isCancelled()).isTrue();
    }

    private Future<?> hold(Object held) {
        return timers.add(1, () -> done.add(held.toString()));
    }
}
