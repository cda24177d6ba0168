package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Ticker;
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
     * @param closeTicker ends the time of the client
     */
    public static Jamsocket of(
            Dialect dialect,
            Transport transport,
            Duration statusCheckInterval,
            Hooks hooks,
            Executor callbacks,
            ExecutorService blocking,
            Executor progress,
            Ticker ticker,
            Runnable closeTicker) {
        StreamSettings streams = new StreamSettings(
                ReconnectPolicy.ofDefaults(), Duration.ofSeconds(45), statusCheckInterval, 256, 1_000);
        HttpSettings http = new HttpSettings(
                URI.create("http://model.invalid/"), Credentials.of(null, Map.of()), ATTEMPT, ATTEMPT, null, List.of());
        BackendClient backends = new BackendClient(http);
        Threads threads = new GivenThreads(callbacks, blocking, progress, ticker, closeTicker);
        CallSettings calls = new CallSettings(Duration.ofSeconds(5), CALL_TIMEOUT, ATTEMPT.multipliedBy(2), 8);
        return new DefaultJamsocket(
                new Operations(dialect, transport, backends, calls, streams, threads, hooks), "", "model", () -> {});
    }

    private static final class GivenThreads extends Threads {

        private final ExecutorService blocking;
        private final Executor progress;
        private final Ticker ticker;
        private final Runnable closeTicker;

        GivenThreads(
                Executor callbacks, ExecutorService blocking, Executor progress, Ticker ticker, Runnable closeTicker) {
            super(callbacks, 1);
            this.blocking = blocking;
            this.progress = progress;
            this.ticker = ticker;
            this.closeTicker = closeTicker;
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

        @Override
        Ticker ticker() {
            return ticker;
        }

        @Override
        public void close() {
            closeTicker.run();
            super.close();
        }
    }
}
