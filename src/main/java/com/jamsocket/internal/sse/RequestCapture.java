package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last of a client's request filters. It takes down the address and headers that the application's filters have
 * made and aborts the call, so that no byte is sent. It does so only for calls that carry a {@link Slot}; others pass.
 */
final class RequestCapture implements ClientRequestFilter {
    static final int PRIORITY = Integer.MAX_VALUE;

    /** Name of the invocation's property that holds the slot. */
    private static final String SLOT = Slot.class.getName();

    /**
     * The HTTP client writes the first five itself, the next two would let a server answer in a coding that nobody
     * undoes, and where a stream resumes is known to the stream alone.
     */
    private static final Set<String> NOT_COPIED = Set.of(
            "connection", "content-length", "expect", "host", "upgrade", "accept-encoding", "te", "last-event-id");

    @Override
    public void filter(ClientRequestContext request) {
        if (request.getProperty(SLOT) instanceof Slot slot) {
            slot.captured = new Captured(request.getUri(), new MultivaluedHashMap<>(request.getStringHeaders()));
            request.abortWith(Response.noContent().build());
        }
    }

    /**
     * Runs the filters of a call, which may block, and nothing else.
     *
     * @param prevailing headers that no filter changes
     * @return the request to send, the answer of a filter that aborted the call, or why no request can be made
     * @throws RuntimeException of a filter
     */
    static Handshake.Prepared run(
            Invocation.Builder call, String method, byte @Nullable [] body, Map<String, String> prevailing) {
        Slot slot = new Slot();
        prevailing.forEach(call.property(SLOT, slot)::header);
        try (Response response = body == null
                ? call.method(method)
                : call.method(method, Entity.entity(body, MediaType.APPLICATION_JSON_TYPE))) {
            Captured captured = slot.captured;
            return captured == null ? answer(response) : request(captured, method, body, prevailing);
        }
    }

    private static Handshake.Prepared request(
            Captured captured, String method, byte @Nullable [] body, Map<String, String> prevailing) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(captured.uri()).version(HttpClient.Version.HTTP_1_1);
            captured.headers().forEach((name, values) -> {
                if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            prevailing.forEach(request::setHeader);
            request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            return new Handshake.Ready(request.build());
        } catch (IllegalArgumentException malformed) {
            return new Handshake.Impossible(malformed);
        }
    }

    private static Answer answer(Response response) {
        java.net.http.HttpHeaders headers =
                java.net.http.HttpHeaders.of(response.getStringHeaders(), (name, value) -> true);
        return new Answer(
                response.getStatus(), headers, response.hasEntity() ? response.readEntity(byte[].class) : new byte[0]);
    }

    /** A request as the filters left it. */
    private record Captured(URI uri, MultivaluedMap<String, String> headers) {}

    /** Where the filter leaves what it took down. A call runs on one thread. */
    private static final class Slot {
        @Nullable
        Captured captured;
    }
}
