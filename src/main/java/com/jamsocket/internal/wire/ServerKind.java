package com.jamsocket.internal.wire;

import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketProtocolException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;

/**
 * Who is spoken to, as far as its errors can be told from those of a proxy, a router or a load balancer on the way to
 * it.
 */
public enum ServerKind {
    /** The Jamsocket API. Its errors are JSON with {@code error}. */
    API("the Jamsocket API") {
        @Override
        boolean owns(String body, JsonObject json) {
            return json.containsKey("error");
        }
    },

    /** A development server: as the API, with Plane's error inside a text, or without any body. */
    DEV_SERVER("a development server") {
        @Override
        boolean owns(String body, JsonObject json) {
            return body.isBlank() || json.containsKey("error") || json.containsKey("kind");
        }
    },

    /** The controller of a Plane cluster. Its errors are JSON with {@code kind}. */
    PLANE("Plane") {
        @Override
        boolean owns(String body, JsonObject json) {
            return json.get("kind") instanceof JsonString;
        }
    };

    private final String label;

    ServerKind(String label) {
        this.label = label;
    }

    /** Whether an error is this server's own. */
    abstract boolean owns(String body, JsonObject json);

    /**
     * The body of an answer with a status of 2xx.
     *
     * @throws com.jamsocket.JamsocketApiException for any other status
     * @throws com.jamsocket.JamsocketProtocolException if the body is too long, in a coding that was not asked for,
     *     or a page of HTML, which is retryable
     */
    public byte[] body(Call call, Reply reply, Instant now) {
        if (!reply.isSuccess()) {
            throw Refusal.of(this, call, reply, now);
        }
        if (reply.contentCoding() != null) {
            throw Json.protocolError("the answer to " + call + " is in the content coding "
                    + Redaction.excerpt(reply.contentCoding()) + ", which was not asked for: look for what compresses"
                    + " answers on the way");
        }
        if (reply.isTooLong()) {
            throw Json.protocolError("the answer to " + call + " is longer than " + Reply.MAX_BODY + " bytes");
        }
        if (reply.isPage()) {
            throw new JamsocketProtocolException(
                    "the answer to " + call + " is a page, which is not from " + this
                            + ": check the address, and what stands before the server: "
                            + Redaction.excerpt(reply.text(Reply.MAX_BODY)),
                    null,
                    true);
        }
        return reply.body();
    }

    /**
     * Whether a failure of {@link #body(Call, Reply, Instant)} says that somebody else has answered in the place of the
     * server, with a 404 or a page. What the server says itself is retryable with neither.
     */
    public static boolean isForeign(Throwable failure) {
        return failure instanceof JamsocketApiException refusal
                ? refusal.statusCode() == 404 && refusal.isRetryable()
                : failure instanceof JamsocketProtocolException page && page.isRetryable();
    }

    @Override
    public String toString() {
        return label;
    }
}
