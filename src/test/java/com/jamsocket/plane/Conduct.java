package com.jamsocket.plane;

import java.util.Locale;

/** How a backend behaves, ordered by the tag of its image: {@code demo/backend:slow-loading}. */
enum Conduct {
    /** Loads, starts, becomes ready, ends when asked to. Any other tag means this too. */
    GOOD,
    /** Its image is fetched until {@link UnixSocketExecutor#finishLoading()}. */
    SLOW_LOADING,
    /** Its image cannot be fetched. */
    NO_IMAGE,
    /** Its image is there, but cannot be started. */
    NO_START,
    /** It starts, and does not become ready in time. */
    STARTUP_TIMEOUT,
    /** It starts, and cannot be watched. */
    UNWATCHABLE,
    /** It does not end when it is asked to, only when it is killed. */
    STUBBORN,
    /** As a good one, without a process behind it and with nobody at its port: there can be hundreds at once. */
    LIGHT;

    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Conduct of(String image) {
        for (Conduct conduct : values()) {
            if (image.endsWith(":" + conduct.tag())) {
                return conduct;
            }
        }
        return GOOD;
    }
}
