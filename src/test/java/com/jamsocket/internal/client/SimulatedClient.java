package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.http.BackendClient;
import com.jamsocket.internal.http.Credentials;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** The door for a simulation: a client whose threads, time and HTTP are given. */
public final class SimulatedClient {

    /** How long a call may take in all. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(35);

    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private SimulatedClient() {}

    /**
     * A client with the defaults.
     *
     * @param callbacks runs code of the application
     * @param blocking runs calls that a thread would wait for
     * @param progress runs what never blocks
     */
    public static Jamsocket of(
            Dialect dialect,
            Transport transport,
            Duration statusCheckInterval,
            Hooks hooks,
            Executor callbacks,
            ExecutorService blocking,
            Executor progress,
            ClosableTicker ticker) {
        SettingValues settings = new SettingValues();
        settings.set(Setting.STATUS_CHECK_INTERVAL, statusCheckInterval);
        settings.set(Setting.CONNECT_TIMEOUT, ATTEMPT);
        settings.set(Setting.READ_TIMEOUT, ATTEMPT);
        settings.set(Setting.CALL_TIMEOUT, CALL_TIMEOUT);
        HttpSettings http = new HttpSettings(
                URI.create("http://model.invalid/"), Credentials.of(null, Map.of()), ATTEMPT, ATTEMPT, null, List.of());
        BackendClient backends = new BackendClient(http);
        Threads threads = new GivenThreads(callbacks, blocking, progress, ticker);
        return new DefaultJamsocket(
                new Operations(
                        dialect,
                        transport,
                        backends,
                        new ClientSettings(settings, ReconnectPolicy.ofDefaults()),
                        threads,
                        hooks),
                "",
                "model",
                () -> {});
    }

    private static final class GivenThreads extends Threads {

        private final ExecutorService blocking;
        private final Executor progress;

        GivenThreads(Executor callbacks, ExecutorService blocking, Executor progress, ClosableTicker ticker) {
            super(callbacks, 1, ticker);
            this.blocking = blocking;
            this.progress = progress;
        }

        @Override
        ExecutorService calls() {
            return blocking;
        }

        @Override
        ExecutorService attempts() {
            return blocking;
        }

        @Override
        Executor filters() {
            return progress;
        }

        @Override
        Executor progress() {
            return progress;
        }
    }
}
