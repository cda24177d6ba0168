package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;

/**
 * Makes the request of a stream. Address, headers and filters are those of a {@link WebTarget}, so that what an
 * application registered for its calls holds for its streams too; what makes it a stream's request is set here and
 * prevails.
 */
final class Handshake {
    private static final String CACHE_CONTROL = "no-cache";

    /** The HTTP client writes these itself; the last two would let a server answer in a coding that nobody undoes. */
    private static final Set<String> NOT_COPIED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "accept-encoding", "te");

    private static final Set<String> OURS = Set.of("accept", "cache-control", "last-event-id");

    private final WebTarget target;
    private final MediaType accept;

    /** The handshake of a stream. */
    Handshake(WebTarget target) {
        this(target, MediaType.SERVER_SENT_EVENTS_TYPE);
    }

    /** A request for something of this type. */
    Handshake(WebTarget target, MediaType accept) {
        this.target = isPrepared(target) ? target : prepared(target.path(""));
        this.accept = accept;
    }

    /**
     * Adds what a client needs to make handshakes. Streams of targets that are derived from it then share its runtime.
     */
    static void prepare(Configurable<?> configurable) {
        configurable.register(new RequestCapture(), RequestCapture.PRIORITY);
    }

    private static boolean isPrepared(WebTarget target) {
        return target.getConfiguration().isRegistered(RequestCapture.class);
    }

    private static WebTarget prepared(WebTarget copy) {
        prepare(copy);
        return copy;
    }

    /**
     * Runs the filters, which may block, and nothing else.
     *
     * @return the request to send, the answer of a filter that aborted the call, or why no request can be made
     * @throws RuntimeException of a filter
     */
    Prepared prepare(String lastEventId) {
        RequestCapture.Slot slot = new RequestCapture.Slot();
        Invocation.Builder call = target.request(accept)
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .property(RequestCapture.SLOT, slot);
        if (isSendable(lastEventId)) {
            call = call.header(HttpHeaders.LAST_EVENT_ID_HEADER, lastEventId);
        }
        try (Response response = call.get()) {
            return slot.captured == null ? answer(response) : request(slot.captured, lastEventId);
        }
    }

    private Prepared request(RequestCapture.Captured captured, String lastEventId) {
        try {
            return new Ready(build(captured, lastEventId));
        } catch (IllegalArgumentException malformed) {
            return new Impossible(malformed);
        }
    }

    private HttpRequest build(RequestCapture.Captured captured, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(captured.uri()).version(HttpClient.Version.HTTP_1_1);
        captured.headers().forEach((name, values) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (!NOT_COPIED.contains(key) && !OURS.contains(key)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.setHeader(HttpHeaders.ACCEPT, accept.toString());
        request.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
        if (isSendable(lastEventId)) {
            request.setHeader(HttpHeaders.LAST_EVENT_ID_HEADER, lastEventId);
        }
        return request.build();
    }

    private static Answer answer(Response response) {
        java.net.http.HttpHeaders headers =
                java.net.http.HttpHeaders.of(response.getStringHeaders(), (name, value) -> true);
        return new Answer(response.getStatus(), headers, response.hasEntity() ? response.readEntity(String.class) : "");
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
    sealed interface Prepared permits Ready, Impossible, Answer {}

    /** A request that may be sent. */
    record Ready(HttpRequest request) implements Prepared {}

    /** An address or a header that HTTP does not allow; it will not get better. */
    record Impossible(IllegalArgumentException cause) implements Prepared {}
}
