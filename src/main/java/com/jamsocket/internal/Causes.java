package com.jamsocket.internal;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What led to a failure. */
public final class Causes {

    /** A chain of causes may be a circle. */
    private static final int MAX = 20;

    private Causes() {}

    /** The failure and its causes, outermost first; none for null. */
    public static Stream<Throwable> of(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX);
    }
}
