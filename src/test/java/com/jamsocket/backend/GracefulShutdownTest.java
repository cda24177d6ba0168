package com.jamsocket.backend;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.Jvm;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GracefulShutdownTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final ManualTicker ticker = new ManualTicker();
    private final GracefulShutdown.Builder builder = GracefulShutdown.builder();

    @Test
    void runsItsStepsOneAfterTheOther() {
        GracefulShutdown shutdown = builder.step("first", SECOND, () -> {
                    Thread.sleep(20);
                    done.add("first");
                })
                .step("second", SECOND, () -> done.add("second"))
                .build(ticker);
        assertThat(shutdown.hasBegun()).isFalse();

        shutdown.run();

        assertThat(done).containsExactly("first", "second");
        assertThat(shutdown.hasBegun()).isTrue();
        assertThat(ticker.waiting()).isZero();
    }

    @Test
    void hasBegunBeforeTheFirstStep() {
        GracefulShutdown[] shutdown = new GracefulShutdown[1];
        shutdown[0] = builder.step("ask", SECOND, () -> done.add("begun: " + shutdown[0].hasBegun()))
                .build(ticker);

        shutdown[0].run();

        assertThat(done).containsExactly("begun: true");
    }

    @Test
    void runsThemOnce() {
        GracefulShutdown shutdown =
                builder.step("only", SECOND, () -> done.add("only")).build(ticker);

        shutdown.run();
        shutdown.run();

        assertThat(done).containsExactly("only");
    }

    @Test
    void goesOnWhenAStepFails() {
        GracefulShutdown shutdown = builder.step("fails", SECOND, () -> {
                    throw new IllegalStateException("full");
                })
                .step("breaks", SECOND, () -> {
                    throw new AssertionError("broken");
                })
                .step("last", SECOND, () -> done.add("last"))
                .build(ticker);

        shutdown.run();

        assertThat(done).containsExactly("last");
    }

    @Test
    void goesOnWhenAStepHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        GracefulShutdown shutdown = builder.step("hangs", Duration.ofSeconds(10), () -> {
                    hanging.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        done.add("interrupted");
                    }
                })
                .step("last", Duration.ofSeconds(20), () -> done.add("last"))
                .build(ticker);
        Thread thread = new Thread(shutdown::run);
        thread.start();
        hanging.await();

        ticker.advance(Duration.ofSeconds(9));
        assertThat(thread.isAlive()).isTrue();
        assertThat(done).isEmpty();
        ticker.advance(Duration.ofSeconds(1));
        thread.join();

        eventually("the step is interrupted", () -> done.size() == 2);
        assertThat(done).containsExactlyInAnyOrder("interrupted", "last");
    }

    @Test
    void runsItsStepsToTheEndOnAThreadThatIsInterruptedAndLeavesItInterrupted() {
        GracefulShutdown shutdown =
                builder.step("only", SECOND, () -> done.add("only")).build(ticker);

        Thread.currentThread().interrupt();
        shutdown.run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly("only");
    }

    @Test
    void aStepThatFailsByBeingInterruptedIsOverOnce() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        GracefulShutdown shutdown = builder.step("hangs", SECOND, () -> {
                    hanging.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        failed.countDown();
                    }
                })
                .step("last", SECOND, () -> done.add("last"))
                .build(ticker);
        Thread thread = new Thread(shutdown::run);
        thread.start();
        hanging.await();
        ticker.advance(SECOND);
        thread.join();

        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly("last");
    }

    @Test
    void givesAStepAllOfItsTimeHoweverLongTheOthersTook() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        GracefulShutdown shutdown = builder.step(
                        "first", Duration.ofSeconds(10), () -> ticker.advance(Duration.ofSeconds(9)))
                .step("second", Duration.ofSeconds(10), () -> {
                    second.countDown();
                    end.await();
                    done.add("second");
                })
                .build(ticker);
        Thread thread = new Thread(shutdown::run);
        thread.start();
        second.await();

        ticker.advance(Duration.ofSeconds(9));
        end.countDown();
        thread.join();

        assertThat(done).containsExactly("second");
    }

    @Test
    void refusesStepsThatMayTakeLongerThanTheGracePeriod() {
        builder.step("save", Duration.ofSeconds(30), () -> {}).build(ticker);
        builder.step("more", Duration.ofMillis(1), () -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.build(ticker))
                .withMessageContaining("PT30.001S")
                .withMessageContaining("PT30S");
        builder.grace(Duration.ofSeconds(31)).build(ticker);
    }

    @Test
    void runsWhenTheProcessIsAskedToEnd() throws Exception {
        Process process = start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("running");

            // The handle's way leaves the output readable.
            process.toHandle().destroy();

            assertThat(out.readLine()).isEqualTo("At shutdown, the step \"hangs\" was not done within PT0.2S");
            assertThat(out.readLine())
                    .isEqualTo("At shutdown, the step \"fails\" failed: java.io.IOException: disk full");
            assertThat(out.readLine()).isEqualTo("saved");
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start() throws Exception {
        return new ProcessBuilder(Jvm.command(Program.class.getName()))
                .redirectErrorStream(true)
                .start();
    }

    /** A process that ends gracefully. */
    static final class Program {
        public static void main(String... args) throws InterruptedException {
            GracefulShutdown.builder()
                    .step("hangs", Duration.ofMillis(200), () -> new CountDownLatch(1).await())
                    // Long enough that no thread is held up until then.
                    .step("fails", Duration.ofSeconds(10), () -> {
                        throw new java.io.IOException("disk full");
                    })
                    .step("save", Duration.ofSeconds(10), () -> System.out.println("saved"))
                    .install();
            System.out.println("running");
            new CountDownLatch(1).await();
        }
    }
}
