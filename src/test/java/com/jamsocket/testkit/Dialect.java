package com.jamsocket.testkit;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import java.net.URI;
import java.time.Duration;

/** The kinds of servers that there are, and a client for each. */
public enum Dialect {
    JAMSOCKET,
    PLANE;

    /** The token that clients send. */
    public static final String TOKEN = "tok-123";

    private static final ReconnectPolicy SOON =
            ReconnectPolicy.ofDefaults().withDelays(Duration.ofMillis(10), Duration.ofMillis(50));

    /** A builder for a client of the server at this address that reconnects soon. */
    public Jamsocket.Builder client(URI server) {
        Jamsocket.Builder builder =
                switch (this) {
                    case JAMSOCKET ->
                        Jamsocket.builder().apiUrl(server).account("acme").service("docs");
                    case PLANE ->
                        Jamsocket.builder()
                                .plane(PlaneSettings.builder(server)
                                        .image("docs")
                                        .build());
                };
        return builder.token(TOKEN).reconnectPolicy(SOON);
    }

    /** The same, but it makes each call once. */
    public Jamsocket.Builder clientWithoutRetries(URI server) {
        return client(server).retryTime(Duration.ZERO);
    }
}
