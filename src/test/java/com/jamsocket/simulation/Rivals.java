package com.jamsocket.simulation;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.SpawnOptions;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.client.SimulatedClient;
import com.jamsocket.internal.client.StatusFollower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same servers and the same faults for this client and for a plain one: what each of them misses. */
final class Rivals {

    private static final Duration LIFE = Duration.ofMinutes(30);

    /** What a client has done in many runs. */
    static final class Score {
        int notOpened;
        int lives;
        int states;
        int lost;
        int doubled;
        int endsMissing;
        int falseEnds;
        int connects;
        int spawnedTwice;
        int leftOpen;
        Duration delay = Duration.ZERO;

        /** How long it takes on average until a client is told of an end. */
        Duration delayOfEnds() {
            return delay.dividedBy(Math.max(1, lives - endsMissing - falseEnds));
        }

        @Override
        public String toString() {
            String form = "%d states of %d lives: %d lost, %d doubled; ends: %d missing, %d false, told after %d ms;"
                    + " %d lives not followed; ";
            return form.formatted(
                            states,
                            lives,
                            lost,
                            doubled,
                            endsMissing,
                            falseEnds,
                            delayOfEnds().toMillis(),
                            notOpened)
                    + "%d connects: %d spawned twice; %d connections left".formatted(connects, spawnedTwice, leftOpen);
        }
    }

    private interface Client {
        void follow(String id, Consumer<String> onStatus, Consumer<Boolean> onEnd, Runnable whenNotOpened);

        void connect();
    }

    private static final class Life {
        final View view;
        final List<String> told = new ArrayList<>();
        boolean opened = true;
        Duration began = Duration.ZERO;
        Duration endedAt = Duration.ZERO;

        @Nullable
        Boolean terminated;

        Life(View view) {
            this.view = view;
        }
    }

    private final Chance chance;
    private final SimulatedTime time;
    private final Weather weather;
    private final ModelServer server;
    private final SimulatedHttp http;

    private Rivals(long seed, Set<Fault> faults) {
        Tally tally = new Tally();
        chance = new Chance(seed);
        time = new SimulatedTime(chance);
        weather = new Weather(chance, time, tally, faults);
        Engine engine = chance.oneIn(2) ? Engine.PLANE : Engine.DEV_SERVER;
        server = new ModelServer(engine, time, chance, weather, tally);
        http = new SimulatedHttp(time, time.threads(), server::accept);
    }

    static void ours(long seed, Set<Fault> faults, Score score) {
        Rivals rivals = new Rivals(seed, faults);
        Jamsocket client = SimulatedClient.of(
                rivals.server.engine().dialect(),
                new SimulatedTransport(rivals.http, rivals.server::answer, rivals.time, true),
                Duration.ofSeconds(60),
                Hooks.NONE,
                rivals.time.threads(),
                new BlockingThreads(rivals.time, rivals.chance),
                rivals.time.threads(),
                rivals.time);
        rivals.run(score, new Client() {
            @Override
            public void follow(String id, Consumer<String> onStatus, Consumer<Boolean> onEnd, Runnable whenNotOpened) {
                Stages.whenDone(
                        StatusFollower.of(client)
                                .follow(
                                        id,
                                        new StatusListener() {
                                            @Override
                                            public void onState(BackendState state) {
                                                onStatus.accept(state.statusName());
                                            }

                                            @Override
                                            public void onEnd(StreamEnd end) {
                                                onEnd.accept(end instanceof StreamEnd.Terminated);
                                            }
                                        },
                                        state -> {}),
                        (subscription, failure) -> {
                            if (failure != null) {
                                whenNotOpened.run();
                            }
                        });
            }

            @Override
            public void connect() {
                var request = ConnectRequest.builder()
                        .spawn(SpawnOptions.builder().build())
                        .build();
                var unused = client.async().connect(request);
            }
        });
    }

    static void plain(long seed, Set<Fault> faults, Score score) {
        Rivals rivals = new Rivals(seed, faults);
        PlainClient client =
                new PlainClient(rivals.http, rivals.time::after, Engine.BASE, rivals.server.engine() == Engine.PLANE);
        rivals.run(score, new Client() {
            @Override
            public void follow(String id, Consumer<String> onStatus, Consumer<Boolean> onEnd, Runnable whenNotOpened) {
                client.follow(id, new PlainClient.Listener() {
                    @Override
                    public void onStatus(String status) {
                        onStatus.accept(status);
                    }

                    @Override
                    public void onEnd(@Nullable Throwable failure) {
                        onEnd.accept(failure == null);
                    }
                });
            }

            @Override
            public void connect() {
                var unused = client.connect("{\"spawn\":{}}");
            }
        });
    }

    private void run(Score score, Client client) {
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Life life = new Life(server.view(server.spawn()));
            lives.add(life);
            time.at(chance.time(Duration.ofMillis(1), Duration.ofSeconds(10)), () -> follow(client, life));
        }
        server.expectSpawn();
        time.at(chance.time(Duration.ofMillis(1), Duration.ofSeconds(30)), client::connect);
        time.run(() -> false, LIFE);
        lives.forEach(life -> judge(life, score));
        score.connects++;
        score.spawnedTwice += server.spawnedTooMany();
        score.leftOpen += http.connections().size();
    }

    private void follow(Client client, Life life) {
        life.began = time.elapsed();
        client.follow(
                life.view.id(),
                life.told::add,
                terminated -> {
                    life.terminated = terminated;
                    life.endedAt = time.elapsed();
                },
                () -> life.opened = false);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whoever is refused for good, or asks for what is forgotten, can miss what it likes. */
    private static void judge(Life life, Score score) {
        ModelBackend backend = life.view.backend();
        if (life.view.wasRefusedForGood() || backend.forgottenAt() != null || life.view.saidUnknownAt() != null) {
            return;
        }
        if (!life.opened) {
            score.notOpened++;
            return;
        }
        score.lives++;
        score.doubled += life.told.size() - (int) life.told.stream().distinct().count();
        for (ModelBackend.Told told : backend.history()) {
            if (told.status() != BackendStatus.UNKNOWN) {
                score.states++;
                score.lost += life.told.contains(told.name()) ? 0 : 1;
            }
        }
        if (life.terminated == null) {
            score.endsMissing++;
        } else if (!life.terminated) {
            score.falseEnds++;
        } else {
            score.delay = score.delay.plus(
                    life.endedAt.minus(max(life.began, backend.last().at())));
        }
    }
}
