package com.jamsocket.internal.sse;

import com.jamsocket.internal.Redirect;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last of a client's request filters. It takes down the address and headers that the application's filters have
 * made and aborts the call, so that no byte is sent. It does so only for calls that carry a {@link Slot}; others pass,
 * unless a header has a value that HTTP does not allow.
 *
 * <p>Where the filters are known to do no more than to set headers that never change, they run once: what they set is
 * put into the next requests without them. A filter that nobody has told of is noticed by what else it does.
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

    /** The headers that filters set, in lower case; null if filters may do more. */
    private final @Nullable Set<String> constant;

    /** The same with their values, once they are known. */
    private volatile @Nullable Map<String, List<String>> known;

    /**
     * For one client.
     *
     * @param constant the headers that its filters set, to the same values each time, and do nothing else; null if they
     *     may do anything
     */
    RequestCapture(@Nullable Set<String> constant) {
        this.constant = constant == null
                ? null
                : constant.stream().map(RequestCapture::lowerCase).collect(Collectors.toUnmodifiableSet());
    }

    /** That of the client of a target; null if it has none. */
    static @Nullable RequestCapture of(WebTarget target) {
        for (Object component : target.getConfiguration().getInstances()) {
            if (component instanceof RequestCapture capture) {
                return capture;
            }
        }
        return null;
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (request.getProperty(SLOT) instanceof Slot slot) {
            slot.captured = new Captured(request.getUri(), new MultivaluedHashMap<>(request.getStringHeaders()));
            request.abortWith(Response.noContent().build());
        } else {
            request.getStringHeaders().forEach(RequestCapture::requireAllowed);
        }
    }

    /** HTTP clients that refuse a value show it, and others send more headers than one. */
    private static void requireAllowed(String name, List<String> values) {
        for (String value : values) {
            if (value != null && !value.chars().allMatch(RequestCapture::isAllowed)) {
                throw MalformedRequestException.header(name);
            }
        }
    }

    /** Source: RFC 9110, 5.5. */
    private static boolean isAllowed(int character) {
        return character == '\t' || (character >= ' ' && character <= 0xFF && character != 0x7F);
    }

    /**
     * Runs the filters of a call, which may block, and nothing else.
     *
     * @param given headers that filters may change
     * @param prevailing headers that no filter changes
     * @return the request to send, the answer of a filter that aborted the call, or why no request can be made
     * @throws RuntimeException of a filter
     */
    Handshake.Prepared run(
            WebTarget target,
            String method,
            byte @Nullable [] body,
            Map<String, String> given,
            Map<String, String> prevailing) {
        Map<String, List<String>> set = known;
        if (set != null) {
            Map<String, List<String>> headers = new LinkedHashMap<>(set);
            given.forEach((name, value) -> headers.put(name, List.of(value)));
            return request(new Captured(target.getUri(), headers), method, body, prevailing);
        }
        Slot slot = new Slot();
        Invocation.Builder call = target.request().property(SLOT, slot);
        given.forEach(call::header);
        prevailing.forEach(call::header);
        try (Response response = body == null
                ? call.method(method)
                : call.method(method, Entity.entity(body, MediaType.APPLICATION_JSON_TYPE))) {
            Captured captured = slot.captured;
            if (captured == null) {
                return answer(response);
            }
            learn(target.getUri(), captured, given, prevailing);
            return request(captured, method, body, prevailing);
        }
    }

    private void learn(URI uri, Captured captured, Map<String, String> given, Map<String, String> prevailing) {
        if (constant == null || !captured.uri().equals(uri)) {
            return;
        }
        Map<String, List<String>> set = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> header : captured.headers().entrySet()) {
            String name = header.getKey();
            String before = given.get(name);
            if (before != null && !header.getValue().equals(List.of(before))) {
                return;
            }
            if (before == null && !prevailing.containsKey(name)) {
                if (!constant.contains(lowerCase(name))) {
                    return;
                }
                set.put(name, List.copyOf(header.getValue()));
            }
        }
        known = set;
    }

    private static Handshake.Prepared request(
            Captured captured, String method, byte @Nullable [] body, Map<String, String> prevailing) {
        try {
            HttpRequest.Builder request = builder(captured.uri()).version(HttpClient.Version.HTTP_1_1);
            captured.headers().forEach((name, values) -> {
                if (!NOT_COPIED.contains(lowerCase(name))) {
                    requireAllowed(name, values);
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

    private static HttpRequest.Builder builder(URI uri) {
        try {
            return HttpRequest.newBuilder(uri);
        } catch (IllegalArgumentException e) {
            // What the JDK says shows the address, which may hold a secret.
            throw new MalformedRequestException("HTTP does not allow the address that a request filter has set");
        }
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static BufferedResponse answer(Response response) {
        java.net.http.HttpHeaders headers =
                java.net.http.HttpHeaders.of(response.getStringHeaders(), (name, value) -> true);
        BufferedResponse answer = new BufferedResponse(
                response.getStatus(), headers, response.hasEntity() ? response.readEntity(byte[].class) : new byte[0]);
        return answer.notFollowed(Redirect.ofFilter(answer.status(), answer.header("Location")));
    }

    /** A request as the filters left it. */
    private record Captured(URI uri, Map<String, List<String>> headers) {}

    /** Where the filter leaves what it took down. A call runs on one thread. */
    private static final class Slot {
        @Nullable
        Captured captured;
    }
}
