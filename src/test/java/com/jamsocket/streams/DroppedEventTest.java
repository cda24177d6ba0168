package com.jamsocket.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.Fault;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.States;
import com.jamsocket.testkit.StatusRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that leaves out an event and lives on, as Plane's do now and then. */
@Timeout(120)
class DroppedEventTest {

    /** One backend for each status, side by side; each moves on when its follower has heard of its state. */
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void eachStateComesOnceAndInOrderWhicheverIsLeftOut(Dialect dialect) {
        try (World world = World.watchful(dialect)) {
            Map<Life, StatusSubscription> lives = new LinkedHashMap<>();
            for (String status : States.LIFE) {
                String id = world.client().connect().backendId();
                world.server().inject(Fault.dropEvent(BackendStatus.of(status)).forBackend(id));
                Life life = new Life(world, id);
                lives.put(life, world.follow(id, life));
            }
            List<List<String>> heard = new ArrayList<>();
            lives.forEach((life, subscription) -> {
                assertThat(life.endOf(subscription)).isInstanceOf(StreamEnd.Terminated.class);
                heard.add(life.statuses);
            });
            assertThat(heard).hasSize(States.LIFE.size()).allSatisfy(each -> assertThat(each)
                    .isEqualTo(States.LIFE));
        }
    }

    private static final class Life extends StatusRecorder {

        private final World world;
        private final String id;

        Life(World world, String id) {
            this.world = world;
            this.id = id;
        }

        @Override
        protected void reached(BackendState state) {
            States.moveOn(world.server(), id, state);
        }
    }
}
