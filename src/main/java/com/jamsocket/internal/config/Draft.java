package com.jamsocket.internal.config;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's builder while settings are read into it, with what it takes together. */
final class Draft {

    private final Jamsocket.Builder client;
    private final SettingValues values;
    private final Set<Scope> servers = EnumSet.noneOf(Scope.class);
    private int devPort = Setting.DEV_PORT.byDefault();
    private PlaneSettings.@Nullable Builder plane;
    private @Nullable String registryUsername;
    private @Nullable String registryPassword;
    private ReconnectPolicy reconnect = ReconnectPolicy.ofDefaults();

    Draft(Jamsocket.Builder client, SettingValues values) {
        this.client = client;
        this.values = values;
    }

    Jamsocket.Builder client() {
        return client;
    }

    SettingValues values() {
        return values;
    }

    PlaneSettings.Builder plane() {
        return Objects.requireNonNull(plane);
    }

    /** The servers that are chosen, at best one. */
    Set<Scope> servers() {
        return servers;
    }

    void dev(Optional<Scope> server) {
        server.ifPresent(servers::add);
    }

    void api(URI address) {
        servers.add(Scope.API);
        client.apiUrl(address);
    }

    void plane(URI controller) {
        servers.add(Scope.PLANE);
        plane = PlaneSettings.builder(controller);
    }

    void devPort(int port) {
        devPort = port;
    }

    void registryUsername(String username) {
        registryUsername = username;
    }

    void registryPassword(String password) {
        registryPassword = password;
    }

    void headers(List<Map.Entry<String, String>> headers) {
        headers.forEach(header -> client.header(header.getKey(), header.getValue()));
    }

    void reconnectMaxAttempts(int attempts) {
        reconnect = reconnect.withMaxAttempts(attempts);
    }

    void reconnectMaxTime(Duration time) {
        reconnect = reconnect.withMaxTime(time);
    }

    /** Whether a user name for the registry came without a password, or the reverse. */
    boolean hasHalfARegistry() {
        return (registryUsername == null) != (registryPassword == null);
    }

    /** Hands the builder what it takes together. */
    void finish() {
        client.reconnectPolicy(reconnect);
        if (servers.contains(Scope.DEV_SERVER)) {
            client.dev(devPort);
        }
        if (servers.contains(Scope.EMBEDDED)) {
            client.embedded();
        }
        if (plane != null) {
            finish(plane);
        }
    }

    private void finish(PlaneSettings.Builder plane) {
        if (registryUsername != null && registryPassword != null) {
            plane.registry(registryUsername, registryPassword);
        }
        client.plane(plane.build());
    }
}
