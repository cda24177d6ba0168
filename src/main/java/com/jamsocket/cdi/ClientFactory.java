package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.client.ClientBuilder;
import com.jamsocket.internal.client.EmbeddedServer;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.config.Configured;
import com.jamsocket.internal.config.Development;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.internal.config.SettingsReader;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clients that are injected: the one place where this package meets settings and implementation. The name of
 * the client without a name is null.
 */
@Dependent
class ClientFactory {

    /**
     * A client by the application's settings, with threads for its code, and watched.
     *
     * @param code sets up what the application sets up in code, which wins over settings
     */
    Jamsocket create(@Nullable String name, Executor threads, Hooks hooks, Consumer<Jamsocket.Builder> code) {
        Jamsocket.Builder builder = builder(settings(name), hooks).executor(threads);
        if (name != null) {
            builder.name(name);
        }
        code.accept(builder);
        return builder.build();
    }

    /** The care of the cluster of the client without a name. */
    PlaneControl createPlaneControl(Consumer<Jamsocket.Builder> code) {
        Jamsocket.Builder builder = builder(settings(), Hooks.NONE);
        code.accept(builder);
        return builder.buildPlaneControl();
    }

    /** What the container does with a client. */
    SettingValues ofInjected(@Nullable String name) {
        return SettingsReader.ofInjected(settings(name));
    }

    /** Whether what is wrong with settings fails the start of the application. */
    boolean failsFast() {
        return SettingsReader.value(settings(), Setting.FAIL_FAST);
    }

    /** The time of limits and claims; its owner's to close. */
    ClosableTicker ticker() {
        return new SystemTicker("jamsocket-following");
    }

    /**
     * What is wrong with the settings of a client.
     *
     * @param inPart whether the rest is set up in code, so that nothing can be missed
     */
    List<String> problems(@Nullable String name, boolean inPart) {
        return Stream.of(
                        inPart
                                ? ClientBuilder.from(settings(name)).problemsOfSettings()
                                : problemsOf(
                                        () -> ClientBuilder.from(settings(name)).validate()),
                        problemsOf(() -> ofInjected(name)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> problemsOf(Runnable check) {
        try {
            check.run();
            return List.of();
        } catch (JamsocketConfigurationException e) {
            return e.problems();
        }
    }

    /** The names of the clients for which there are settings; empty for the one without a name. */
    Set<String> configured() {
        return Configured.clients(settings());
    }

    /** Whether there is a development server that no client asks for, as it must not be in production. */
    boolean hasUnusedDevServer() {
        return EmbeddedServer.isPresent() && !Development.isSetUp(settings());
    }

    private Settings settings(@Nullable String name) {
        return name == null ? settings() : settings().forClient(name);
    }

    /** The settings of the application. */
    Settings settings() {
        return Settings.ofPlatform();
    }

    /** A builder set up by settings, of a client that is watched. */
    Jamsocket.Builder builder(Settings settings, Hooks hooks) {
        return ClientBuilder.from(settings).hooks(hooks);
    }
}
