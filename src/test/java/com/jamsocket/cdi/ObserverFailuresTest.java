package com.jamsocket.cdi;

import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.StreamEnd;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.LogRecorder;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.ObserverException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of observers that fail, whatever their container makes of it. */
class ObserverFailuresTest {

    private static final BackendInfo BACKEND = BackendInfo.builder("b1").build();
    private static final BackendEnd END = BackendEnd.of(BACKEND, StreamEnd.terminated(TERMINATED), TERMINATED);

    private final ManualTicker time = new ManualTicker();
    private final ObserverFailures failures = new ObserverFailures("b1", time);
    private final LogRecorder log = new LogRecorder("com.jamsocket.cdi");

    @AfterEach
    void stopRecording() {
        log.close();
    }

    @Test
    void namesTheStateOrElseTheTypeOfTheEvent() {
        failures.log(READY, new IllegalArgumentException("one"));
        failures.log(BackendEvent.of(BACKEND, READY, false), new IllegalArgumentException("two"));
        failures.log(END, new IllegalArgumentException("three"));

        assertThat(log.texts())
                .satisfiesExactly(
                        first -> assertThat(first).contains("at the state ready of the backend b1"),
                        second -> assertThat(second).contains("at the state ready of the backend b1"),
                        third -> assertThat(third).contains("at the event BackendEnd of the backend b1"));
    }

    static Stream<Throwable> wrappers() {
        Throwable thrown = new IllegalArgumentException("not this one");
        return Stream.of(
                new CompletionException(thrown),
                new ExecutionException(thrown),
                new ObserverException(thrown),
                new CompletionException(new ObserverException(new ExecutionException(thrown))));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void tellsWhatTheObserverThrewNotWhatTheContainerMadeOfIt(Throwable failure) {
        failures.log(READY, failure);

        assertThat(log.warnings()).singleElement().satisfies(warning -> assertThat(warning.getThrown())
                .isExactlyInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void tellsWhatEachOfSeveralObserversThrew() {
        CompletionException failure = new CompletionException(null);
        failure.addSuppressed(new IllegalArgumentException("one"));
        failure.addSuppressed(new UnsupportedOperationException("two"));
        failures.log(READY, failure);

        assertThat(log.warnings())
                .extracting(warning -> warning.getThrown().getMessage())
                .containsExactly("one", "two");
    }

    @Test
    void tellsOfAWrapperWithNothingInIt() {
        failures.log(READY, new CompletionException(null));

        assertThat(log.warnings()).singleElement().satisfies(warning -> assertThat(warning.getThrown())
                .isInstanceOf(CompletionException.class));
    }

    static Stream<Throwable> lacks() {
        return Stream.of(
                new IllegalStateException("no bean manager"),
                new ContextNotActiveException("no bean"),
                new RejectedExecutionException("no thread"),
                new NoClassDefFoundError("no class"));
    }

    @ParameterizedTest
    @MethodSource("lacks")
    void whatAnApplicationLacksThatIsStillThereAfterAMomentIsAFailureThen(Throwable lack) {
        failures.log(READY, lack);
        failures.log(READY, lack);
        failures.end();
        assertThat(log.warnings()).isEmpty();

        time.advance(ObserverFailures.UNDEPLOYMENT);

        assertThat(log.texts()).hasSize(2).satisfies(texts -> assertThat(texts.get(1))
                .contains("2 failures like this in all"));
    }

    @ParameterizedTest
    @MethodSource("lacks")
    void whatAnApplicationLacksThatIsUndeployedIsNoFailure(Throwable lack) {
        failures.log(READY, lack);
        failures.stop();
        failures.log(TERMINATED, new IllegalArgumentException("at the last moment"));
        time.advance(ObserverFailures.UNDEPLOYMENT);

        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void tellsNothingOfLacksWhereTimeIsOver() {
        time.close();
        failures.log(READY, new IllegalArgumentException("a failure of its own"));
        failures.log(READY, new IllegalArgumentException("a failure of its own"));
        failures.log(READY, new IllegalStateException("no bean manager"));
        failures.end();

        assertThat(log.texts())
                .hasSize(2)
                .noneMatch(text -> text.contains("bean manager"))
                .anyMatch(text -> text.contains("2 failures like this in all"));
    }
}
