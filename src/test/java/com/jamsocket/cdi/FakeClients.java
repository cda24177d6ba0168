package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Takes the place of the real clients in a container. */
@Alternative
@Priority(1)
@ApplicationScoped
class FakeClients extends ClientFactory {

    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final Map<String, FakeJamsocket> prepared = new ConcurrentHashMap<>();
    private final List<String> made = new CopyOnWriteArrayList<>();
    private final ManualTicker ticker = new ManualTicker();
    private volatile Runnable whenMaking = () -> {};

    @Override
    Jamsocket create(String name, Executor threads, Hooks hooks, Consumer<Jamsocket.Builder> code) {
        made.add(String.valueOf(name));
        whenMaking.run();
        code.accept(Jamsocket.builder());
        return client(name).watchedBy(hooks);
    }

    @Override
    Settings settings() {
        return Settings.ofJvm(settings::get, Map.of());
    }

    @Override
    ClosableTicker ticker() {
        return ticker;
    }

    /** The time of limits and claims. */
    ManualTicker time() {
        return ticker;
    }

    @Override
    boolean hasUnusedDevServer() {
        return false;
    }

    /** The client that will be or was made under a name; null for the default client. */
    FakeJamsocket client(String name) {
        return prepared.computeIfAbsent(String.valueOf(name), unused -> new FakeJamsocket());
    }

    /** The next one made under this name is another one. */
    void renew(String name) {
        prepared.remove(String.valueOf(name));
    }

    /** The names of the clients that were asked for, in order; "null" for the default client. */
    List<String> made() {
        return new ArrayList<>(made);
    }

    void set(String setting, String value) {
        settings.put(setting, value);
    }

    /** Runs while a client is being made. */
    void whenMaking(Runnable action) {
        whenMaking = action;
    }
}
