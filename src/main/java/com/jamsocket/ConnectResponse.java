package com.jamsocket;

import com.jamsocket.internal.Values;
import com.jamsocket.internal.json.ConnectResponseBinding;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@link Jamsocket#connect(ConnectRequest)}: a backend and the way to it.
 *
 * <p>{@link #url()} is made for the browser; it carries a token and so is itself a credential. {@link #toString()}
 * shows neither it nor the tokens. Written as JSON this has the shape that the JavaScript client libraries expect, with
 * all of its fields, secrets included: hand it only to the user it was made for.
 *
 * <p>The record may gain components, and its canonical constructor with them, in any minor version. To make one, in
 * tests for example, use {@link #builder()}, which stays.
 *
 * @param backendId the id of the backend, for {@link Jamsocket#status(String)} and its fellows
 * @param spawned whether this very call started the backend; false, too, if the call had a key, its first answer was
 *     lost, and its retry found the backend that it had started
 * @param statusName the status of the backend at the time of the answer, in the server's word; for a held key possibly
 *     {@code terminating} or {@code hard-terminating}
 * @param token the connection token
 * @param url the connection URL, ending in {@code /}
 * @param secretToken what the backend receives as {@code x-verified-secret} with each request of this connection, or
 *     null
 * @param statusUrl where the status can be asked for without credentials
 * @param readyUrl a page that waits until the backend is ready and then redirects to {@code url}; null where the server
 *     has none
 * @param drone the name of the drone that runs the backend (Plane, which tells it only to the call that started the
 *     backend), or null
 * @param subdomain the subdomain of the connection URL that was asked for (Plane), or null
 */
@JsonbTypeSerializer(ConnectResponseBinding.class)
@JsonbTypeDeserializer(ConnectResponseBinding.class)
public record ConnectResponse(
        String backendId,
        boolean spawned,
        String statusName,
        String token,
        URI url,
        @Nullable String secretToken,
        URI statusUrl,
        @Nullable URI readyUrl,
        @Nullable String drone,
        @Nullable String subdomain) {

    /** Validates that what is required is not null, and that the connection URL is {@code http} or {@code https}. */
    public ConnectResponse {
        Values.requireText(backendId, "backendId");
        Objects.requireNonNull(statusName, "statusName");
        Objects.requireNonNull(token, "token");
        if (!isHttp(Objects.requireNonNull(url, "url"))) {
            throw new IllegalArgumentException("url is no http or https URL");
        }
        Objects.requireNonNull(statusUrl, "statusUrl");
    }

    private static boolean isHttp(URI url) {
        return url.getRawAuthority() != null
                && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything of this response. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.backendId = backendId;
        builder.spawned = spawned;
        builder.statusName = statusName;
        builder.token = token;
        builder.url = url;
        builder.secretToken = secretToken;
        builder.statusUrl = statusUrl;
        builder.readyUrl = readyUrl;
        builder.drone = drone;
        builder.subdomain = subdomain;
        return builder;
    }

    /**
     * This response as a browser may have it: without the secret token, and with an address of the application's own
     * for the status, so that the browser need not reach the server. What else only the application has a use for, the
     * page to wait on and the drone, is left out too.
     *
     * @param statusUrl where the application serves the backend's status, as {@code com.jamsocket.rest.StatusResource}
     *     does; it may be relative to the page
     */
    public ConnectResponse forBrowser(URI statusUrl) {
        return toBuilder()
                .secretToken(null)
                .statusUrl(statusUrl)
                .readyUrl(null)
                .drone(null)
                .build();
    }

    /** The status of the backend at the time of the answer. */
    public BackendStatus status() {
        return BackendStatus.of(statusName);
    }

    /**
     * The address of something inside the backend.
     *
     * @param path a relative path, with or without a leading {@code /}, percent-encoded where needed; it may carry a
     *     query and a fragment
     * @throws IllegalArgumentException if the path is not well-formed or would leave the connection URL
     */
    public URI resolve(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '?' && path.charAt(end) != '#') {
            end++;
        }
        String base = url.getScheme() + "://" + url.getRawAuthority() + Objects.requireNonNull(url.getRawPath());
        return URI.create(URI.create((base.endsWith("/") ? base : base + "/")
                        + inside(path.substring(path.startsWith("/") ? 1 : 0, end))
                        + path.substring(end))
                .toASCIIString());
    }

    /** The path without dot segments. It is not left to URI, which also merges slashes and does not see {@code %2e}. */
    private static String inside(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
            boolean dots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..") && !leaveOne(kept)) {
                throw new IllegalArgumentException("the path leaves the connection URL: " + path);
            }
            if (!dots) {
                kept.addLast(segments[i]);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return String.join("/", kept);
    }

    /** Leaves the last segment that is not empty: to some servers, empty ones do not count. */
    private static boolean leaveOne(Deque<String> segments) {
        while (!segments.isEmpty()) {
            if (!segments.removeLast().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address of a WebSocket inside the backend: as {@link #resolve(String)}, with the scheme {@code ws} or
     * {@code wss}.
     *
     * @throws IllegalArgumentException as {@link #resolve(String)}, and if the path has a fragment, which WebSocket
     *     addresses have none of
     */
    public URI webSocketUrl(String path) {
        URI resolved = resolve(path);
        if (resolved.getRawFragment() != null) {
            throw new IllegalArgumentException("the address of a WebSocket has no fragment: " + path);
        }
        // http -> ws and https -> wss, in any letter case.
        return URI.create("ws" + resolved.toString().substring("http".length()));
    }

    /** Names the backend without its credentials. */
    @Override
    public String toString() {
        String authority = url.getRawAuthority();
        return "ConnectResponse[backendId=" + backendId + ", spawned=" + spawned + ", status=" + statusName + ", url="
                + url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + "/<redacted>, drone="
                + drone
                + ", subdomain=" + subdomain + "]";
    }

    /**
     * Builds a {@link ConnectResponse}; not safe for use by several threads at once. The backend's id, token,
     * connection URL and status URL are needed. Defaults: started by this call, scheduled, nothing else.
     */
    public static final class Builder {

        private @Nullable String backendId;
        private boolean spawned = true;
        private String statusName = BackendStatus.SCHEDULED.wireName();
        private @Nullable String token;
        private @Nullable URI url;
        private @Nullable String secretToken;
        private @Nullable URI statusUrl;
        private @Nullable URI readyUrl;
        private @Nullable String drone;
        private @Nullable String subdomain;

        private Builder() {}

        /** The id of the backend. */
        public Builder backendId(String backendId) {
            this.backendId = backendId;
            return this;
        }

        /** Whether this very call started the backend. Default true. */
        public Builder spawned(boolean spawned) {
            this.spawned = spawned;
            return this;
        }

        /** The status of the backend. Default scheduled. */
        public Builder status(BackendStatus status) {
            return statusName(status.wireName());
        }

        /** The status of the backend, in the server's word. */
        public Builder statusName(String statusName) {
            this.statusName = statusName;
            return this;
        }

        /** The connection token. */
        public Builder token(String token) {
            this.token = token;
            return this;
        }

        /** The connection URL. */
        public Builder url(URI url) {
            this.url = url;
            return this;
        }

        /** What the backend receives as {@code x-verified-secret}. */
        public Builder secretToken(@Nullable String secretToken) {
            this.secretToken = secretToken;
            return this;
        }

        /** Where the status can be asked for. */
        public Builder statusUrl(URI statusUrl) {
            this.statusUrl = statusUrl;
            return this;
        }

        /** A page that waits until the backend is ready. */
        public Builder readyUrl(@Nullable URI readyUrl) {
            this.readyUrl = readyUrl;
            return this;
        }

        /** The name of the drone that runs the backend. */
        public Builder drone(@Nullable String drone) {
            this.drone = drone;
            return this;
        }

        /** The subdomain of the connection URL. */
        public Builder subdomain(@Nullable String subdomain) {
            this.subdomain = subdomain;
            return this;
        }

        /**
         * The response.
         *
         * @throws NullPointerException naming what is needed and missing
         * @throws IllegalArgumentException if the connection URL is none of {@code http} or {@code https}
         */
        public ConnectResponse build() {
            return new ConnectResponse(
                    Objects.requireNonNull(backendId, "backendId"),
                    spawned,
                    statusName,
                    Objects.requireNonNull(token, "token"),
                    Objects.requireNonNull(url, "url"),
                    secretToken,
                    Objects.requireNonNull(statusUrl, "statusUrl"),
                    readyUrl,
                    drone,
                    subdomain);
        }
    }
}
