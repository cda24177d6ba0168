package com.jamsocket.cdi;

import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import org.jspecify.annotations.Nullable;

/**
 * How the backends of a client are followed.
 *
 * @param client the name of the client, empty for the client without a name
 * @param settings those of injected clients
 * @param claims decides which node tells of a backend; null for each
 * @param ticker the time of limits and claims
 */
record FollowRules(String client, SettingValues settings, @Nullable FollowClaim claims, Ticker ticker) {

    /** The value of a setting. */
    <T> T get(Setting<T> setting) {
        return settings.get(setting);
    }
}
