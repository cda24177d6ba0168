package com.jamsocket.internal.http;

import com.jamsocket.internal.wire.Call;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How the server is reached.
 *
 * @param base the base address, ending in a slash
 * @param credentials the token and headers for every request
 * @param connectTimeout how long a connection may take to be made
 * @param readTimeout how long the server may be silent before it answers
 * @param sslContext keys and certificates, or null for those of the JVM
 * @param components Jakarta REST components of the application, as instances or classes
 * @param traced whether one of the components traces each request
 */
public record HttpSettings(
        URI base,
        Credentials credentials,
        Duration connectTimeout,
        Duration readTimeout,
        @Nullable SSLContext sslContext,
        List<Object> components,
        boolean traced) {

    /** Settings of requests that nothing traces. */
    public HttpSettings(
            URI base,
            Credentials credentials,
            Duration connectTimeout,
            Duration readTimeout,
            @Nullable SSLContext sslContext,
            List<Object> components) {
        this(base, credentials, connectTimeout, readTimeout, sslContext, components, false);
    }

    /** Copies what could change. */
    public HttpSettings {
        components = List.copyOf(components);
    }

    /** The value of the header Authorization for a call; the token goes only where it is needed. May block. */
    public Optional<String> authorization(Call call) {
        return Optional.ofNullable(call.authenticated() ? credentials.token() : null)
                .map(secret -> "Bearer " + secret);
    }

    /** The server's address without what may be a secret: scheme, host and port. */
    public String server() {
        return base.getScheme() + "://" + base.getRawAuthority();
    }

    /** Shows the address alone. */
    @Override
    public String toString() {
        return "HttpSettings[" + server() + "]";
    }
}
