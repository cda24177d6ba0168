package com.jamsocket.backend;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the platform's proxy vouches for in a request to a backend: the headers {@code x-verified-…}. The proxy takes
 * away what a client sends under these names, so they can be trusted if <em>only the proxy can reach the backend</em>;
 * where that is not certain, check the {@linkplain #hasSecret(String) secret} first. Immutable.
 *
 * <p>The proxy sends names and data in UTF-8, while most Java servers take a header for ISO-8859-1: text that such a
 * server has read is decoded here, so that {@code änn} is {@code änn}, and text that is decoded already is left alone.
 *
 * <p>Behind a filter of {@code com.jamsocket.backend.servlet} or {@code com.jamsocket.backend.rest} the request that
 * is being served can be injected, into beans of any scope. The class is not for extension: it is open for what a
 * container makes of it then.
 */
public class VerifiedRequest {

    private static final String USERNAME = "x-verified-username";
    private static final String USER_DATA = "x-verified-user-data";
    private static final String SECRET = "x-verified-secret";
    private static final String PATH = "x-verified-path";
    private static final String BACKEND = "x-verified-backend";

    private final @Nullable String username;
    private final @Nullable Map<String, Object> userData;
    private final @Nullable String secret;
    private final @Nullable String path;
    private final @Nullable String backendId;

    /** For what a container injects in the place of a request. */
    VerifiedRequest() {
        this(name -> null);
    }

    private VerifiedRequest(Headers headers) {
        this.username = HeaderText.decode(headers.get(USERNAME));
        this.userData = json(HeaderText.decode(headers.get(USER_DATA)));
        this.secret = headers.get(SECRET);
        this.path = headers.get(PATH);
        this.backendId = headers.get(BACKEND);
    }

    /**
     * Reads the headers of a request, whatever they are kept in.
     *
     * @param header gives a header's value by its name, in any letter case, or null: {@code request::getHeader} of a
     *     servlet, {@code headers::getHeaderString} of a REST resource
     * @throws IllegalArgumentException if the user data is no JSON object
     */
    public static VerifiedRequest of(Function<String, @Nullable String> header) {
        return new VerifiedRequest(header::apply);
    }

    /**
     * Reads the headers of a request.
     *
     * @param headers all headers by name, in any letter case, such as {@code getRequestHeaders()} of a REST resource or
     *     of the JDK's HTTP server
     * @throws IllegalArgumentException if the user data is no JSON object, or a verified header is there more than
     *     once, which the proxy does not do
     */
    public static VerifiedRequest of(Map<String, List<String>> headers) {
        return new VerifiedRequest(name -> single(headers, name));
    }

    /** The user that the connection was made for, as it was named then; null for none, and for static tokens. */
    public @Nullable String username() {
        return username;
    }

    /**
     * What the backend is to know of the user: the JSON object that was given as {@code auth} when the connection was
     * made, unmodifiable. Empty if none was given; null for static tokens.
     */
    public @Nullable Map<String, Object> userData() {
        return userData;
    }

    /** The path of the request as the client sent it; it holds the connection token and so is a credential. */
    public @Nullable String path() {
        return path;
    }

    /** The id of the backend that the request was made for, or null. */
    public @Nullable String backendId() {
        return backendId;
    }

    /**
     * Whether the request came with this secret, which the application got as {@code secretToken} when it made the
     * connection. The time it takes does not tell how much of the secret was right.
     *
     * @return false for a request without secret, and for an empty secret
     */
    public boolean hasSecret(String expected) {
        byte[] sent = (secret == null ? "" : secret).getBytes(StandardCharsets.UTF_8);
        boolean equal = MessageDigest.isEqual(sent, expected.getBytes(StandardCharsets.UTF_8));
        return equal && sent.length > 0;
    }

    /** Names the backend and shows nothing of the user. */
    @Override
    public String toString() {
        return "VerifiedRequest[backendId=" + backendId + "]";
    }

    private static @Nullable Map<String, Object> json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Collections.unmodifiableMap(Json.toMap(Json.readObject(text)));
        } catch (JamsocketProtocolException e) {
            // Not kept as a cause: its message shows the data.
            throw new IllegalArgumentException("the header " + USER_DATA + " is no JSON object");
        }
    }

    private static @Nullable String single(Map<String, List<String>> headers, String name) {
        List<String> values = headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
        if (values.size() > 1) {
            throw new IllegalArgumentException("the header " + name + " is there " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** Gives a header's value by its name. */
    private interface Headers {
        @Nullable
        String get(String name);
    }
}
