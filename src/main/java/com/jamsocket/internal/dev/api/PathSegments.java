package com.jamsocket.internal.dev.api;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The segments of a path as they are meant and as they are written. */
final class PathSegments {

    private PathSegments() {}

    /**
     * What a percent-encoded segment means. A percent sign that encodes nothing is one.
     *
     * @param what Plane's word for it
     * @throws ApiErrorException if it is no UTF-8; the message is Plane's
     */
    static String decoded(String what, String segment) {
        byte[] octets = segment.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(octets.length);
        for (int i = 0; i < octets.length; i++) {
            int high = octets[i] == '%' && i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(octets[i + 2], 16);
            bytes.put(low < 0 ? octets[i] : (byte) (high << 4 | low));
            i += low < 0 ? 0 : 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new ApiErrorException(400, "BadRequest", "Invalid URL: Invalid UTF-8 in `" + what + "`");
        }
    }

    /** A segment that means the text. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
