package com.jamsocket.dev;

import java.util.function.Predicate;

/** The namespaces of keys as users see them. The cluster's have two slashes before those of Plane. */
final class Namespaces {

    private static final String PLANE = "//";

    private Namespaces() {}

    static String shown(String namespace) {
        return namespace.startsWith(PLANE) ? namespace.substring(PLANE.length()) : namespace;
    }

    /** Plane's namespace, {@code account/service}, or just the service. */
    static Predicate<String> named(String name) {
        return namespace ->
                shown(namespace).equals(name) || (!namespace.startsWith(PLANE) && namespace.endsWith("/" + name));
    }
}
