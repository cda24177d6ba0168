package com.jamsocket.internal.config;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** What a base address of a server has to be. */
public final class Addresses {

    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /** Whether something can listen on this port. */
    public static boolean isPort(int port) {
        return port >= 1 && port <= MAX_PORT;
    }

    /**
     * The address, ending in a slash.
     *
     * @throws IllegalArgumentException if it is no plain http or https URL; the message leaves out what may be a secret
     */
    public static URI require(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException("must be an http or https URL with a host");
        }
        // -1 where the address has none.
        if (address.getPort() != -1 && !isPort(address.getPort())) {
            throw new IllegalArgumentException("must have a port from 1 to " + MAX_PORT);
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not carry credentials; set the token instead");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("must have neither query nor fragment");
        }
        return address.getRawPath().endsWith("/") ? address : URI.create(address + "/");
    }
}
