package com.jamsocket.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Moment;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.States;
import com.jamsocket.testkit.StatusRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backend after backend with faults by chance, for as long as {@code -Djamsocket.soak=PT5M} says (a duration in ISO
 * 8601), or two minutes. {@code -Djamsocket.soak.seed} repeats the chances of a run, which prints its seed.
 */
@Tag("long")
class SoakTest {

    private static final int TOGETHER = 32;
    private static final List<Fault> FAULTS = List.of(
            Fault.reset(),
            Fault.end(),
            Fault.stall(),
            Fault.halfEvent(),
            Fault.garbage(),
            Fault.answer(500),
            Fault.answer(503).retryAfter(Duration.ofSeconds(1)),
            Fault.slow());

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyStreamTellsAWholeLife(Dialect dialect) {
        Duration soak = Duration.parse(System.getProperty("jamsocket.soak", "PT2M"));
        long deadline =
                System.nanoTime() + soak.dividedBy(Dialect.values().length).toNanos();
        long seed = Long.getLong("jamsocket.soak.seed", System.nanoTime());
        System.out.println("jamsocket.soak.seed=" + seed);
        Random random = new Random(seed);
        int streams = 0;
        try (World world = World.watchful(dialect)) {
            while (System.nanoTime() < deadline) {
                followSome(world, random);
                streams += TOGETHER;
            }
            world.closeClient();
            world.expectNothingLeft();
        }
        System.out.println(dialect + ": " + streams + " streams");
    }

    private static void followSome(World world, Random random) {
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            // With a key, so that it is retried: the faults close kept connections, which a connect may meet.
            String key = Long.toHexString(random.nextLong());
            String id = world.client()
                    .connect(ConnectRequest.builder().key(key).build())
                    .backendId();
            for (int faults = random.nextInt(4); faults > 0; faults--) {
                Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
                Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
                world.server().inject(fault.at(moment).forBackend(id));
            }
            StatusRecorder follower = new StatusRecorder() {
                @Override
                protected void reached(BackendState state) {
                    States.moveOn(world.server(), id, state);
                }
            };
            var subscription = world.follow(id, follower);
            ends.add(() -> {
                assertThat(follower.endOf(subscription)).isInstanceOf(StreamEnd.Terminated.class);
                assertThat(follower.statuses).isEqualTo(States.LIFE);
            });
        }
        ends.forEach(Runnable::run);
    }
}
