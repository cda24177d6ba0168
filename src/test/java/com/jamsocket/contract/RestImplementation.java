package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.client.ClientBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The implementations of Jakarta REST that the contract is kept on, one per run of the tests, and all in which they are
 * allowed to differ.
 */
enum RestImplementation {
    /** Builds on HttpURLConnection, which keeps an idle connection for some seconds and has no way to close it. */
    JERSEY("org.glassfish.jersey.client.", 1, Trait.ASKS_PROXY_SELECTOR, Trait.ASKS_AUTHENTICATOR),
    /** The same, which from version 4 on looks for a proxy by itself. */
    JERSEY_4(
            "org.glassfish.jersey.client.",
            1,
            Trait.ASKS_PROXY_SELECTOR,
            Trait.ASKS_AUTHENTICATOR,
            Trait.NEEDS_PROXY_SELECTOR),
    RESTEASY("org.jboss.resteasy.client.", 0),
    CXF(
            "org.apache.cxf.jaxrs.client.",
            0,
            Trait.SHOWS_ADDRESSES,
            Trait.ASKS_PROXY_SELECTOR,
            Trait.NEEDS_PROXY_SELECTOR);

    /**
     * CXF's own: each failed call with its stack trace, of which there are many here, and that a browser has left while
     * something was being sent to it, which is a matter of a moment.
     */
    private static final List<Logger> CHATTER = List.of(
            Logger.getLogger("org.apache.cxf.phase.PhaseInterceptorChain"),
            Logger.getLogger("org.apache.cxf.jaxrs.sse.SseEventSinkImpl"));

    private final String packageName;
    private final int connectionsLeft;
    private final Set<Trait> traits;

    RestImplementation(String packageName, int connectionsLeft, Trait... traits) {
        this.packageName = packageName;
        this.connectionsLeft = connectionsLeft;
        this.traits = Set.of(traits);
    }

    /** The one that this run is for, which is also the one that is found. */
    static RestImplementation present() {
        return Present.IMPLEMENTATION;
    }

    /** How many idle connections a closed client may leave to time. */
    int connectionsLeft() {
        return connectionsLeft;
    }

    /** Whether it differs from others in this. */
    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** What an implementation may do, and need not. */
    enum Trait {
        /** A failure to connect says where to, with the path. */
        SHOWS_ADDRESSES,
        /** Calls go by the proxy that the JVM has for all. */
        ASKS_PROXY_SELECTOR,
        /** Calls give a proxy that asks the credentials that the JVM's authenticator has. */
        ASKS_AUTHENTICATOR,
        /** Calls fail where the JVM has no proxy selector at all. */
        NEEDS_PROXY_SELECTOR
    }

    private static final class Present {
        static final RestImplementation IMPLEMENTATION = find();

        private static RestImplementation find() {
            String name = System.getProperty("rest.implementation", "Jersey");
            RestImplementation expected = name.startsWith("Jersey 4")
                    ? JERSEY_4
                    : valueOf(name.replaceAll(" .*", "").toUpperCase(Locale.ROOT));
            String found = ClientBuilder.newBuilder().getClass().getName();
            assertThat(found).startsWith(expected.packageName);
            System.out.println("The contract is kept on " + name + ": " + found);
            CHATTER.forEach(logger -> logger.setLevel(Level.OFF));
            return expected;
        }
    }
}
