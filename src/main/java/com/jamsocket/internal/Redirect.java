package com.jamsocket.internal;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads. It is followed within the origin only: what goes along, credentials above all, was meant for
 * that.
 *
 * @param destination where to go; null if it is not followed
 * @param problem why it is not followed, and where it would have led
 */
public record Redirect(@Nullable URI destination, String problem) {

    private static final int MOST = 5;

    /**
     * What to do about the header {@code Location} of an answer.
     *
     * @param request the address that was asked
     * @param location the header; null if there is none
     * @param count how many redirects were followed before it
     */
    public static Redirect of(URI request, @Nullable String location, int count) {
        URI destination = location == null ? null : resolve(request, location);
        if (destination == null) {
            return refused("redirected to no address");
        }
        Origin origin = Origin.of(destination);
        if (!origin.equals(Origin.of(request))) {
            return refused("redirected to another origin, " + origin
                    + ", which is not followed for the sake of the credentials; if that is where the server is, set"
                    + " its address");
        }
        return count < MOST
                ? new Redirect(destination, "")
                : refused("redirected more than " + MOST + " times, at last within " + origin);
    }

    private static Redirect refused(String problem) {
        return new Redirect(null, problem);
    }

    private static @Nullable URI resolve(URI base, String location) {
        try {
            return base.resolve(location);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
