package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One backend: its states so far and those who wait for more. On the loop's thread only, so that whoever joins sees the
 * past and then the present, without gap or repetition.
 */
final class DevBackend {

    private final String id;
    private final ConnectSpec spec;
    private final @Nullable Token staticToken;
    private final List<BackendState> history = new ArrayList<>(8);
    private final List<Consumer<BackendState>> followers = new ArrayList<>(2);
    private int openRequests;
    private Instant lastUsed = Instant.now();

    DevBackend(String id, ConnectSpec spec) {
        this.id = id;
        this.spec = spec;
        this.staticToken = spec.staticToken() ? Token.ofAll() : null;
    }

    String id() {
        return id;
    }

    ConnectSpec spec() {
        return spec;
    }

    @Nullable
    Token staticToken() {
        return staticToken;
    }

    List<BackendState> history() {
        return List.copyOf(history);
    }

    BackendState state() {
        return history.get(history.size() - 1);
    }

    BackendStatus status() {
        return state().status();
    }

    /** Moves forward; whatever is not forward changes nothing. An unknown status has no place and may come anywhere. */
    boolean move(BackendState state) {
        boolean forward = state.status() == BackendStatus.UNKNOWN
                || history.stream()
                        .map(BackendState::status)
                        .filter(past -> past != BackendStatus.UNKNOWN)
                        .allMatch(past -> state.status().isAfter(past));
        if (!forward || isOver()) {
            return false;
        }
        history.add(state);
        List.copyOf(followers).forEach(follower -> follower.accept(state));
        return true;
    }

    boolean isOver() {
        return !history.isEmpty() && status().isTerminal();
    }

    /** Tells the past, except what is up to a status that is known already, and then everything that comes. */
    void follow(@Nullable BackendStatus known, Consumer<BackendState> follower) {
        history.stream()
                .filter(state -> known == null || state.status().isAfter(known))
                .forEach(follower);
        followers.add(follower);
    }

    void unfollow(Consumer<BackendState> follower) {
        followers.remove(follower);
    }

    void requestBegins() {
        openRequests++;
    }

    void requestEnds() {
        openRequests--;
        lastUsed = Instant.now();
    }

    boolean isInUse() {
        return openRequests > 0;
    }

    Instant lastUsed() {
        return lastUsed;
    }
}
