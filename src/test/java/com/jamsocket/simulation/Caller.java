package com.jamsocket.simulation;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.client.SimulatedClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One who connects, with a key or without, and ends backends. */
final class Caller implements User {

    private static final Duration LONGEST = SimulatedClient.CALL_TIMEOUT.plusSeconds(1);
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final Scene scene;
    private final @Nullable String key;
    private final Consumer<View> whenConnected;
    private @Nullable CompletableFuture<ConnectResponse> connected;
    private final CompletableFuture<?> terminated = new CompletableFuture<>();
    private boolean clientClosed;

    Caller(Scene scene, Consumer<View> whenConnected) {
        this.scene = scene;
        this.key = scene.chance().oneOf(List.of("", "k1", "k2"));
        this.whenConnected = whenConnected;
    }

    @Override
    public void begin() {
        ConnectRequest.Builder request =
                ConnectRequest.builder().spawn(SpawnOptions.builder().build());
        boolean waits = !isAlone() && scene.chance().oneIn(3);
        if (!isAlone()) {
            request.key(key);
        }
        if (waits) {
            request.waitForEnding(WAIT);
        }
        if (isAlone()) {
            scene.server().expectSpawn();
        }
        connected = scene.client().async().connect(request.build()).toCompletableFuture();
        Stages.whenDone(connected, (response, failure) -> told(response));
        if (scene.weather().brings(Fault.PROCESS_STALL)) {
            return;
        }
        scene.time().at(waits ? WAIT.plus(LONGEST) : LONGEST, () -> scene.problems()
                .require(connected().isDone(), "connect has no answer after " + LONGEST));
    }

    private boolean isAlone() {
        return Objects.requireNonNull(key).isEmpty();
    }

    private CompletableFuture<ConnectResponse> connected() {
        return Objects.requireNonNull(connected);
    }

    private void told(@Nullable ConnectResponse response) {
        if (response == null || clientClosed) {
            terminated.complete(null);
        } else {
            scene.tally().count(Transition.CONNECTED);
            View view = scene.server().view(response.backendId());
            whenConnected.accept(view);
            end(view);
        }
    }

    @Override
    public boolean isDone() {
        return terminated.isDone();
    }

    private void end(View view) {
        scene.time().at(scene.chance().time(Duration.ofMillis(1), Duration.ofMinutes(2)), () -> {
            if (clientClosed) {
                terminated.complete(null);
            } else {
                var kind = scene.chance().oneIn(2) ? TerminationKind.SOFT : TerminationKind.HARD;
                var answer = scene.client().async().terminate(view.id(), kind).toCompletableFuture();
                Stages.whenDone(answer, (nothing, failure) -> terminated.complete(null));
                scene.time().at(LONGEST, () -> {
                    boolean late = !answer.isDone() && !scene.weather().brings(Fault.PROCESS_STALL);
                    scene.problems().require(!late, "terminate has no answer after " + LONGEST);
                    scene.tally().count(Transition.TERMINATE_ANSWERED);
                });
            }
        });
    }

    @Override
    public void clientClosed() {
        clientClosed = true;
    }

    @Override
    public void judge() {
        if (connected().isCompletedExceptionally()) {
            scene.tally().count(Transition.CONNECT_FAILED);
            scene.problems()
                    .require(
                            clientClosed || scene.weather().faults() > 0,
                            "connect failed: " + Follower.failure(connected()));
        }
    }
}
