package com.jamsocket.internal.dev.api;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The segments of a path as they are meant and as they are written. */
final class PathSegments {

    private PathSegments() {}

    /**
     * What a percent-encoded segment means.
     *
     * @param what Plane's word for it
     * @throws ApiErrorException if it is no UTF-8; the message is Plane's
     */
    static String decoded(String what, String segment) {
        try {
            String octets = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            ByteBuffer bytes = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new ApiErrorException(400, "BadRequest", "Invalid URL: Invalid UTF-8 in `" + what + "`");
        }
    }

    /** A segment that means the text. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
