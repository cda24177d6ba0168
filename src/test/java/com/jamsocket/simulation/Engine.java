package com.jamsocket.simulation;

import com.jamsocket.PlaneSettings;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.PlaneDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A kind of server: what it is like on the wire. */
enum Engine {
    /** Ids, keepalives, a history that is replayed after the last event's id; unknown backends are silent streams. */
    PLANE(Duration.ofSeconds(15), "{\"id\":\"x1\",\"kind\":\"NotFound\",\"message\":\"Backend does not exist\"}"),

    /** No ids, no keepalives; the head of a stream comes with its first event. */
    DEV_SERVER(null, ""),

    /** Tells a stream the present state first, and all that follow. */
    API(null, "{\"error\":{\"message\":\"no such backend\",\"status\":404,\"code\":\"NotFound\",\"id\":\"x1\"}}");

    static final URI BASE = URI.create("http://server.invalid/");

    private final @Nullable Duration keepalive;
    private final String notFound;

    Engine(@Nullable Duration keepalive, String notFound) {
        this.keepalive = keepalive;
        this.notFound = notFound;
    }

    @Nullable
    Duration keepalive() {
        return keepalive;
    }

    /** What it answers with 404 of a backend that it does not know. */
    String notFound() {
        return notFound;
    }

    Dialect dialect() {
        return switch (this) {
            case PLANE ->
                new PlaneDialect(PlaneSettings.builder(BASE).image("docs").build(), null);
            case DEV_SERVER -> new JamsocketDialect("acme", "docs", ServerKind.DEV_SERVER);
            case API -> new JamsocketDialect("acme", "docs", ServerKind.API);
        };
    }
}
