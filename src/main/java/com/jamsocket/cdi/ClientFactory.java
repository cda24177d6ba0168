package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.internal.config.SettingsReader;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clients that are injected: the one place where this package meets settings and implementation. The name of
 * the client without a name is null.
 */
@Dependent
class ClientFactory {

    /** A client by the application's settings, with threads for its code. */
    Jamsocket create(@Nullable String name, Executor threads) {
        return builder(name).executor(threads).build();
    }

    /** The care of the cluster of the client without a name. */
    PlaneControl createPlaneControl() {
        return builder(null).buildPlaneControl();
    }

    private Jamsocket.Builder builder(@Nullable String name) {
        Jamsocket.Builder builder = builder();
        SettingsReader.read(settings(name), builder);
        return builder;
    }

    /** Whether the backends of a client are followed. */
    boolean follows(@Nullable String name) {
        return SettingsReader.follow(settings(name));
    }

    private Settings settings(@Nullable String name) {
        return name == null ? settings() : settings().forClient(name);
    }

    /** The settings of the application. */
    Settings settings() {
        return Settings.ofPlatform();
    }

    /** A client's builder that nothing was set on. */
    Jamsocket.Builder builder() {
        return Jamsocket.builder();
    }
}
