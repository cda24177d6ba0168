package com.jamsocket;

import com.jamsocket.json.ConnectResponseDeserializer;
import com.jamsocket.json.ConnectResponseSerializer;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@link Jamsocket#connect(ConnectRequest)}: a backend and the way to it.
 *
 * <p>{@link #url()} is made for the browser; it carries a token and so is itself a credential. {@link #toString()} shows
 * neither it nor the tokens. Written as JSON this has the shape that the JavaScript client libraries expect, with all of
 * its fields, secrets included: hand it only to the user it was made for.
 *
 * @param backendId the id of the backend, for {@link Jamsocket#status(String)} and its fellows
 * @param spawned whether this very call started the backend
 * @param statusName the status of the backend at the time of the answer, in the server's word; for a held key possibly
 *     {@code terminating} or {@code hard-terminating}
 * @param token the connection token
 * @param url the connection URL, ending in {@code /}
 * @param secretToken what the backend receives as {@code x-verified-secret} with each request of this connection, or
 *     null
 * @param statusUrl where the status can be asked for without credentials
 * @param readyUrl a page that waits until the backend is ready and then redirects to {@code url}; null where the server
 *     has none
 */
@JsonbTypeSerializer(ConnectResponseSerializer.class)
@JsonbTypeDeserializer(ConnectResponseDeserializer.class)
public record ConnectResponse(
        String backendId,
        boolean spawned,
        String statusName,
        String token,
        URI url,
        @Nullable String secretToken,
        URI statusUrl,
        @Nullable URI readyUrl) {

    /** Refuses missing parts. */
    public ConnectResponse {
        Objects.requireNonNull(backendId, "backendId");
        Objects.requireNonNull(statusName, "statusName");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(statusUrl, "statusUrl");
    }

    /** The status of the backend at the time of the answer. */
    public BackendStatus status() {
        return BackendStatus.of(statusName);
    }

    /**
     * The address of something inside the backend.
     *
     * @param path a relative path, with or without a leading {@code /}, percent-encoded where needed; it may carry a
     *     query
     * @throws IllegalArgumentException if the path is no relative reference or would leave the connection URL
     */
    public URI resolve(String path) {
        URI relative = URI.create(path.startsWith("/") ? "." + path : "./" + path);
        URI resolved = url.resolve(relative).normalize();
        if (!resolved.toString().startsWith(url.toString())) {
            throw new IllegalArgumentException("the path leaves the connection URL: " + path);
        }
        return resolved;
    }

    /**
     * The address of a WebSocket inside the backend: as {@link #resolve(String)}, with the scheme {@code ws} or
     * {@code wss}.
     *
     * @throws IllegalArgumentException as {@link #resolve(String)}
     */
    public URI webSocketUrl(String path) {
        // http -> ws and https -> wss, in any letter case.
        return URI.create("ws" + resolve(path).toString().substring("http".length()));
    }

    /** Names the backend without its credentials. */
    @Override
    public String toString() {
        return "ConnectResponse[backendId=" + backendId + ", spawned=" + spawned + ", status=" + statusName + ", url="
                + url.getScheme() + "://" + url.getRawAuthority() + "/<redacted>]";
    }
}
