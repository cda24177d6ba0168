package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request of a stream. Address, headers and filters are those of a {@link WebTarget}, so that what an
 * application registered for its calls holds for its streams too; what makes it a stream's request is set here and
 * prevails.
 */
final class Handshake {

    private final WebTarget target;
    private final RequestCapture capture;

    /** The handshake of a stream. */
    Handshake(WebTarget target) {
        RequestCapture present = RequestCapture.of(target);
        if (present != null) {
            this.target = target;
            this.capture = present;
        } else {
            this.target = target.path("");
            this.capture = prepare(this.target, null);
        }
    }

    /**
     * Adds what a client needs to make handshakes. Streams of targets that are derived from it then share its runtime.
     *
     * @param constant the headers that its filters set, if they do nothing else; null if they may do anything
     */
    static RequestCapture prepare(Configurable<?> configurable, @Nullable Set<String> constant) {
        RequestCapture capture = new RequestCapture(constant);
        configurable.register(capture, RequestCapture.PRIORITY);
        return capture;
    }

    /**
     * Runs the filters, which may block, and nothing else.
     *
     * @return the request to send, the answer of a filter that aborted the call, or why no request can be made
     * @throws RuntimeException of a filter
     */
    Prepared prepare(String lastEventId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
        headers.put(HttpHeaders.ACCEPT_ENCODING, "identity");
        headers.put(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (isSendable(lastEventId)) {
            headers.put(HttpHeaders.LAST_EVENT_ID_HEADER, lastEventId);
        }
        return capture.run(target, "GET", null, Map.of(), headers);
    }

    /** A header carries printable ASCII; an id may be any text. */
    private static boolean isSendable(String lastEventId) {
        return !lastEventId.isEmpty() && lastEventId.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** The request with another address of the same origin. */
    static HttpRequest redirected(HttpRequest request, URI uri) {
        return HttpRequest.newBuilder(request, (name, value) -> true).uri(uri).build();
    }

    /** What becomes of a handshake before anything is sent. */
    sealed interface Prepared permits Ready, Impossible, BufferedResponse {}

    /** A request that may be sent. */
    record Ready(HttpRequest request) implements Prepared {}

    /** An address or a header that HTTP does not allow; it will not get better. */
    record Impossible(IllegalArgumentException cause) implements Prepared {}
}
