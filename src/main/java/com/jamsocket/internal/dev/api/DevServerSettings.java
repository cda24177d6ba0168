package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.http.HandledRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a server is made from, with the defaults. Set by one thread, before the server is made. */
public final class DevServerSettings {

    /** How long a status lasts if nothing else was said. */
    public static final Duration DEFAULT_STEP = Duration.ofMillis(30);

    /** The port; 0 for a free one. */
    public int port;

    /** The port of the connection URLs; 0 for a free one. */
    public int connectionPort;

    /** The name or address to listen on; empty for that of loopback. */
    public String host = "";

    /** The address of the APIs as others see it; null for what it is here. */
    public @Nullable URI publicUrl;

    /** The address of connection URLs as others see it; null for {@link #publicUrl} with the port that it has here. */
    public @Nullable URI publicConnectionUrl;

    /** More names by which the server may be called. */
    public final Set<String> allowedHosts = new LinkedHashSet<>();

    /** The clusters of Plane that it stands for, beside that of its connection URLs. */
    public final Set<String> clusters = new LinkedHashSet<>();

    /** The pools that its drone is in, beside that without a name. */
    public final Set<String> pools = new LinkedHashSet<>();

    /** How long each status lasts until the next; null if backends move only as they are told. */
    public @Nullable Duration step = DEFAULT_STEP;

    /** What runs in the backends. */
    public final Programs programs = new Programs();

    /** How long what is launched may take to answer. */
    public Duration readyTimeout = Duration.ofMinutes(5);

    /** How long what is launched may take to end when it is asked to. */
    public Duration grace = Duration.ofSeconds(30);

    /** The idle limit of backends whose request has none; null for that of the API in question. */
    public @Nullable Duration maxIdle;

    /** Whether the Jamsocket API gives out static tokens. */
    public boolean staticToken;

    /** Whether time stands still until it is moved. */
    public boolean virtualTime;

    /** Called with each log line of a backend, on the thread that brings it. */
    public BiConsumer<String, String> onLog = (id, line) -> {};

    /** Called with each request when it is answered, on the server's thread. */
    public Consumer<HandledRequest> onRequest = request -> {};

    /** How often Plane's streams show that they live. */
    public Duration keepalive = Duration.ofSeconds(15);

    /** Called with each change of a backend, on the server's thread. */
    public BiConsumer<String, BackendState> onChange = (id, state) -> {};

    /** The bearer token that the Jamsocket API asks for; null for none. */
    public @Nullable String token;
}
