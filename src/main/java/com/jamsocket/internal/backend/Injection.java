package com.jamsocket.internal.backend;

import com.jamsocket.backend.VerifiedRequest;

/** Makes the request that is being served known to injection, where there is CDI. */
public final class Injection {

    private static final boolean HAS_CDI = hasCdi();

    private Injection() {}

    /** {@code @Inject VerifiedRequest} is this one from now on, in the request context of this thread. */
    public static void provide(VerifiedRequest request) {
        if (HAS_CDI) {
            CurrentRequest.remember(request);
        }
    }

    private static boolean hasCdi() {
        try {
            Class.forName("jakarta.enterprise.inject.spi.CDI", false, Injection.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
