package com.jamsocket.internal.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.sse.Admission;
import com.jamsocket.testkit.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpeningsRacesTest {

    private static final Random RANDOM = new Random(1);

    @Test
    void aTurnThatEndsLetsTheNextInWheneverThatHasCome() {
        Schedules.explore(() -> {
            Openings openings = openings();
            CompletableFuture<Admission.Turn> first = openings.enter(false);
            CompletableFuture<Admission.Turn> second = new CompletableFuture<>();
            Schedules.together(
                    () -> first.join().close(),
                    () -> Stages.whenDone(openings.enter(false), (turn, failure) -> second.complete(turn)));
            assertTrue(second.isDone());
            second.join().close();
            assertTrue(openings.enter(false).isDone());
        });
    }

    @Test
    void aTurnThatNobodyWantsAnyMoreIsGivenBack() {
        Schedules.explore(() -> {
            Openings openings = openings();
            CompletableFuture<Admission.Turn> first = openings.enter(false);
            CompletableFuture<Admission.Turn> second = openings.enter(false);
            Schedules.together(() -> first.join().close(), () -> second.cancel(false));
            if (!second.isCancelled()) {
                second.join().close();
            }
            assertTrue(openings.enter(false).isDone());
        });
    }

    private static Openings openings() {
        return new Openings(1, Duration.ofSeconds(40), new ManualTicker(Instant.EPOCH, RANDOM), () -> {});
    }
}
