package com.jamsocket.streams;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.dev.JamsocketDevServer;
import java.net.URI;
import java.time.Duration;

/** The two ways to speak to a server. */
enum Dialects {
    JAMSOCKET,
    PLANE;

    /** A builder for a client that connects again soon and calls once. */
    Jamsocket.Builder client(JamsocketDevServer server) {
        return client(server.url());
    }

    Jamsocket.Builder client(URI url) {
        Jamsocket.Builder builder = this == PLANE
                ? Jamsocket.builder()
                        .plane(PlaneSettings.builder(url).image("x").build())
                : Jamsocket.builder().apiUrl(url).account("a").token("t").service("s");
        return builder.reconnectPolicy(
                        ReconnectPolicy.ofDefaults().withDelays(Duration.ofMillis(10), Duration.ofMillis(50)))
                .retryTime(Duration.ZERO);
    }
}
