package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.internal.client.ClientBuilder;
import com.jamsocket.internal.client.EmbeddedServer;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.config.Development;
import com.jamsocket.internal.config.Setting;
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

    /** A client by the application's settings, with threads for its code, and watched. */
    Jamsocket create(@Nullable String name, Executor threads, Hooks hooks) {
        return builder(settings(name), hooks).executor(threads).build();
    }

    /** The care of the cluster of the client without a name. */
    PlaneControl createPlaneControl() {
        return builder(settings(), Hooks.NONE).buildPlaneControl();
    }

    /** Whether the backends of a client are followed. */
    boolean follows(@Nullable String name) {
        return SettingsReader.value(settings(name), Setting.FOLLOW);
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
