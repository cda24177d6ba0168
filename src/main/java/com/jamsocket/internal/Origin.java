package com.jamsocket.internal;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port of an address: what a request's credentials were meant for. */
public record Origin(@Nullable String scheme, @Nullable String host, int port) {

    /** The origin of an address; the default port of the scheme where it names none. */
    public static Origin of(URI uri) {
        String scheme = lowerCase(uri.getScheme());
        return new Origin(scheme, lowerCase(uri.getHost()), uri.getPort() < 0 ? defaultPort(scheme) : uri.getPort());
    }

    private static int defaultPort(@Nullable String scheme) {
        return "https".equals(scheme) ? 443 : 80;
    }

    private static @Nullable String lowerCase(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
