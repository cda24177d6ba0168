package com.jamsocket.internal.client;

import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.sse.Backoff;
import java.time.Duration;

/** What is set for a client: its settings, asked for where they take effect, and what follows from several of them. */
final class ClientSettings {

    private final SettingValues values;
    private final ReconnectPolicy reconnect;
    private final Duration attempt;
    private final Duration callTimeout;
    private final Duration retryTime;

    /** What is set now, whatever is set later. */
    ClientSettings(SettingValues values, ReconnectPolicy reconnect) {
        this.values = values.copy();
        this.reconnect = reconnect;
        this.attempt = Deadline.sum(values.get(Setting.CONNECT_TIMEOUT), values.get(Setting.READ_TIMEOUT));
        Duration timeout = values.find(Setting.CALL_TIMEOUT);
        this.callTimeout = timeout == null ? Deadline.sum(attempt, values.get(Setting.RETRY_TIME)) : timeout;
        this.retryTime = Deadline.min(values.get(Setting.RETRY_TIME), callTimeout);
    }

    /** The value of a setting that has a default. */
    <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    /** How long one attempt of a call may take: to connect and to read. */
    Duration attempt() {
        return attempt;
    }

    /** How long a call may take with all its attempts. */
    Duration callTimeout() {
        return callTimeout;
    }

    /** For how long a call begins another attempt, counted from the call; zero for never. */
    Duration retryTime() {
        return retryTime;
    }

    /** The delays of reconnections, without their limits. */
    Backoff unlimitedBackoff(Ticker ticker) {
        return Backoff.exponential(ticker)
                .withInitialDelay(reconnect.initialDelay())
                .withCap(reconnect.maxDelay());
    }

    /** The delays of reconnections, with their limits. */
    Backoff backoff(Ticker ticker) {
        Backoff backoff = unlimitedBackoff(ticker);
        Integer attempts = reconnect.maxAttempts();
        backoff = attempts == null ? backoff : backoff.withMaxAttempts(attempts);
        Duration time = reconnect.maxTime();
        return time == null ? backoff : backoff.withMaxTime(time);
    }
}
