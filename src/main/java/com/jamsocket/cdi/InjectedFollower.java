package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A view of what follows the backends of a client.
 *
 * @param following what follows; the client is made when it is first asked for
 * @param over what follows over another client
 */
record InjectedFollower(Supplier<Following> following, Function<Jamsocket, Following> over) implements BackendFollower {

    @Override
    public boolean follow(BackendInfo backend) {
        return following.get().follow(Objects.requireNonNull(backend, "backend"));
    }

    @Override
    public boolean unfollow(String backendId) {
        return following.get().unfollow(backendId);
    }

    @Override
    public boolean isFollowed(String backendId) {
        return following.get().isFollowed(backendId);
    }

    @Override
    public List<BackendInfo> followed() {
        return following.get().followed();
    }

    @Override
    public BackendFollower over(Jamsocket client) {
        Following made = over.apply(Objects.requireNonNull(client, "client"));
        return new InjectedFollower(() -> made, over);
    }

    @Override
    public String toString() {
        return "BackendFollower[injected]";
    }
}
