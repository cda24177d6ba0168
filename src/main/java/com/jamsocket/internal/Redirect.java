package com.jamsocket.internal;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads. It is followed for a GET and within the origin only: what goes along, credentials above all,
 * was meant for that.
 *
 * @param destination where to go; null if there is no redirect, or none that is followed
 * @param problem where it would have led, and why it is not followed; empty if it is, or there is none
 */
public record Redirect(@Nullable URI destination, String problem) {

    private static final int MOST = 5;

    private static final Redirect NONE = new Redirect(null, "");

    /**
     * What to do about an answer.
     *
     * @param method the method of the request
     * @param request the address that was asked
     * @param status the status of the answer, which need not redirect
     * @param location its header {@code Location}; null if there is none
     * @param count how many redirects were followed before it
     */
    public static Redirect of(String method, URI request, int status, @Nullable String location, int count) {
        if (!HttpStatus.isRedirect(status)) {
            return NONE;
        }
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
        if (!method.equals("GET")) {
            return refused("redirected to " + destination.getRawPath() + ", which is not followed for a " + method);
        }
        return count < MOST
                ? new Redirect(destination, "")
                : refused("redirected more than " + MOST + " times, at last within " + origin);
    }

    /** What to do about the answer of a request filter: the server has not redirected, so nothing is followed. */
    public static Redirect ofFilter(int status, @Nullable String location) {
        return HttpStatus.isRedirect(status)
                ? refused("redirected to " + (location == null ? "no address" : location)
                        + " by a request filter, which is not followed")
                : NONE;
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
