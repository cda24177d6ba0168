package com.jamsocket.internal.backend;

import com.jamsocket.backend.VerifiedRequest;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets in the requests that came through the proxy, and no others. */
public final class Admission {

    /** What the others are told. */
    public static final String REFUSAL = "This request did not come through the proxy, or its user was kicked.";

    private final Predicate<? super VerifiedRequest> trusted;

    /** Lets in the requests that are trusted. */
    public Admission(Predicate<? super VerifiedRequest> trusted) {
        this.trusted = Objects.requireNonNull(trusted, "trusted");
    }

    /** The request that is read, or null if it is not let in. */
    public @Nullable VerifiedRequest admit(Supplier<VerifiedRequest> reading) {
        VerifiedRequest request;
        try {
            request = reading.get();
        } catch (IllegalArgumentException e) {
            // The proxy sends nothing like this.
            return null;
        }
        return trusted.test(request) ? request : null;
    }
}
