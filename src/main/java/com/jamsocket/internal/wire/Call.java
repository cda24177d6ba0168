package com.jamsocket.internal.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, as far as the dialect decides it.
 *
 * @param method the HTTP method
 * @param path the path below the base address, percent-encoded, without a leading slash
 * @param body the JSON text of the body, or null for none
 * @param authenticated whether the bearer token goes with it
 * @param backendId the backend it is about, or whose id a new one is to have; or null
 * @param repeatable whether the server may receive it twice without harm
 * @param resends how many times it has been sent before
 */
public record Call(
        String method,
        String path,
        @Nullable String body,
        boolean authenticated,
        @Nullable String backendId,
        boolean repeatable,
        int resends) {

    /** A call that has not been sent. */
    public Call(
            String method,
            String path,
            @Nullable String body,
            boolean authenticated,
            @Nullable String backendId,
            boolean repeatable) {
        this(method, path, body, authenticated, backendId, repeatable, 0);
    }

    static Call get(String path, String backendId) {
        return new Call("GET", path, null, false, backendId, true);
    }

    /** The same, which has been sent so many times before. */
    public Call resent(int times) {
        return times == resends ? this : new Call(method, path, body, authenticated, backendId, repeatable, times);
    }

    /** Whether it asks for a backend under an id of the caller's choice. */
    boolean hasOwnId() {
        return backendId != null && path.endsWith("connect");
    }

    /** A path segment, encoded so that it can be nothing else. */
    static String segment(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        // A segment of dots alone would be taken for a step in the path.
        return text.equals(".") || text.equals("..") ? encoded.toString().replace(".", "%2E") : encoded.toString();
    }

    /** Names the call without its body. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
