package com.jamsocket.simulation;

import com.jamsocket.Jamsocket;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.client.SimulatedClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One run of a client, its users and its server: all of it follows from a seed. */
final class Simulation {

    /** Nothing in a run takes longer, unless it stands still. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(60);

    /** What is left to do when the last user has heard of the end. */
    private static final Duration AFTERMATH = Duration.ofMillis(200);

    private static final Logger LOGGER = Logger.getLogger("com.jamsocket");

    private final Tally tally;
    private final Chance chance;
    private final SimulatedTime time;
    private final Problems problems;
    private final Weather weather;
    private final ModelServer server;
    private final SimulatedHttp http;
    private final Scene scene;
    private final List<User> users = new ArrayList<>();
    private long events;
    private boolean closed;

    private Simulation(long seed, Tally tally) {
        this.tally = tally;
        this.chance = new Chance(seed);
        this.time = new SimulatedTime(chance);
        this.problems = new Problems(time);
        this.weather = new Weather(chance, time, tally);
        this.server = new ModelServer(chance.oneOf(List.of(Engine.values())), time, chance, weather, tally);
        Executor threads = time.threads();
        this.http = new SimulatedHttp(time, threads, server::accept);
        this.scene = scene(threads);
    }

    private Scene scene(Executor threads) {
        boolean slow = weather.brings(Fault.SLOW_CALLBACKS);
        boolean blocked = weather.brings(Fault.BLOCKED_CALLBACKS);
        Callbacks callbacks = new Callbacks(time, chance, slow);
        Duration release = Duration.ZERO;
        if (slow) {
            weather.happened(Fault.SLOW_CALLBACKS);
        }
        if (blocked) {
            weather.happened(Fault.BLOCKED_CALLBACKS);
            Duration from = chance.time(Duration.ofMillis(1), Duration.ofMinutes(1));
            release = from.plus(chance.time(Duration.ofSeconds(1), Duration.ofMinutes(20)));
            callbacks.block(from, release);
        }
        Jamsocket client = SimulatedClient.of(
                server.engine().dialect(),
                new SimulatedTransport(http, server::answer, time, chance.oneIn(2)),
                Duration.ofSeconds(60),
                Hooks.NONE,
                callbacks,
                new BlockingThreads(time, chance),
                threads,
                time);
        return new Scene(client, time, chance, weather, server, tally, problems, release, !slow && !blocked);
    }

    /** Runs a seed, and returns what is wrong with it: nothing, mostly. */
    static List<String> run(long seed, Tally tally) {
        Level before = LOGGER.getLevel();
        LOGGER.setLevel(Level.OFF);
        try {
            Simulation simulation = new Simulation(seed, tally);
            simulation.run();
            List<String> found = new ArrayList<>(simulation.problems.found());
            if (!found.isEmpty()) {
                found.add(simulation.weather + "; " + simulation.server.story() + "\n  users " + simulation.users);
            }
            return found;
        } finally {
            LOGGER.setLevel(before);
        }
    }

    private void run() {
        for (int i = 1 + chance.below(2); i > 0; i--) {
            populate(server.spawn());
        }
        if (chance.oneIn(3)) {
            enter(new Caller(scene, this::connected));
        }
        planAccidents();
        // It costs something to ask.
        if (!time.run(() -> ++events % 16 == 0 && isOver(), LONGEST_RUN) && !isOver()) {
            users.stream().filter(user -> !user.isDone()).forEach(user -> problems.add("stands still: " + user));
            return;
        }
        users.forEach(User::judge);
        time.run(() -> false, time.elapsed().plus(AFTERMATH));
        requireNothingLeft("after the last end");
        close();
        time.run(() -> false, time.elapsed().plus(AFTERMATH));
        requireNothingLeft("after the client was closed");
        problems.require(!time.isExhausted(), "it goes round in circles");
        problems.require(server.spawnedTooMany() == 0, "a connect without a key has spawned twice");
    }

    private void populate(ModelBackend backend) {
        for (int i = 1 + chance.below(3); i > 0; i--) {
            enter(user(server.view(backend)));
        }
    }

    private void connected(View view) {
        if (!closed) {
            enter(user(view));
        }
    }

    private User user(View view) {
        return switch (chance.below(6)) {
            case 0, 1 -> new Follower(scene, view, false);
            case 2 -> new Follower(scene, view, true);
            case 3 -> new Subscriber(scene, view);
            case 4 -> new Waiter(scene, view, true);
            default -> new Waiter(scene, view, false);
        };
    }

    private void enter(User user) {
        users.add(user);
        time.at(chance.time(Duration.ofMillis(1), Duration.ofSeconds(chance.oneIn(3) ? 90 : 2)), () -> {
            if (closed) {
                users.remove(user);
            } else {
                user.begin();
            }
        });
    }

    private boolean isOver() {
        // Who has connected brings the next user.
        List<User> now = List.copyOf(users);
        return now.stream().allMatch(User::isDone) && now.size() == users.size();
    }

    private void planAccidents() {
        if (weather.brings(Fault.CLOSED_CLIENT) && chance.oneIn(3)) {
            time.at(chance.time(Duration.ofMillis(1), Duration.ofMinutes(4)), () -> {
                weather.happened(Fault.CLOSED_CLIENT);
                close();
            });
        }
        if (weather.brings(Fault.CLOCK_JUMP)) {
            time.at(chance.time(Duration.ofMillis(1), weather.quietFrom()), () -> {
                weather.happened(Fault.CLOCK_JUMP);
                time.jump(Duration.ofHours(chance.between(-100_000, 100_000)));
            });
        }
        if (weather.brings(Fault.PROCESS_STALL)) {
            time.at(chance.time(Duration.ofMillis(1), weather.quietFrom()), () -> {
                weather.happened(Fault.PROCESS_STALL);
                time.stall(chance.time(Duration.ofMillis(10), Duration.ofMinutes(2)));
            });
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            scene.client().close();
            users.forEach(User::clientClosed);
        }
    }

    private void requireNothingLeft(String when) {
        problems.require(http.connections().isEmpty(), "connections are left " + when + ": " + http.connections());
        problems.require(time.alarms().isEmpty(), "timers are left " + when + ": " + time.alarms());
    }
}
