package com.jamsocket.rest;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.internal.wire.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the application is told of a failure (RFC 9457). The texts are fixed: what servers say, and where
 * they are, is nothing for a browser.
 */
enum Problem {
    BACKEND_NOT_FOUND(404, "There is no such backend, or not any more."),
    BACKEND_ENDED(409, "The backend is ending or has ended. Connect again."),
    KEY_HELD(409, "The key is held by a backend with other settings."),
    KEY_UNHELD(409, "No backend runs for this key, and none may be started."),
    FORBIDDEN(403, "This backend is not yours to watch."),
    RATE_LIMITED(429, "Too many backends were asked for. Try again later."),
    BACKEND_TIMEOUT(504, "The backend did not get there in time. It may yet."),
    UNAVAILABLE(503, "Backends cannot be reached for the moment. Try again later."),
    BAD_GATEWAY(502, "The server of the backends cannot be used."),
    MISCONFIGURED(500, "The application is not set up for backends.");

    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** When the server does not say. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static Problem of(JamsocketException failure) {
        if (failure instanceof BackendNotFoundException) {
            return BACKEND_NOT_FOUND;
        }
        if (failure instanceof BackendEndedException) {
            return BACKEND_ENDED;
        }
        if (failure instanceof KeyHeldException) {
            return KEY_HELD;
        }
        if (failure instanceof KeyUnheldException) {
            return KEY_UNHELD;
        }
        if (failure instanceof RateLimitedException) {
            return RATE_LIMITED;
        }
        if (failure instanceof JamsocketTimeoutException) {
            return BACKEND_TIMEOUT;
        }
        if (failure instanceof JamsocketConfigurationException) {
            return MISCONFIGURED;
        }
        boolean mayPass = failure.isRetryable() || failure instanceof JamsocketInterruptedException;
        return mayPass ? UNAVAILABLE : BAD_GATEWAY;
    }

    /** Whether whoever runs the application has to do something. */
    boolean needsAHand() {
        return this == BAD_GATEWAY || this == MISCONFIGURED;
    }

    Response response() {
        return response(null);
    }

    Response response(@Nullable Throwable failure) {
        Response.ResponseBuilder response = Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Json.text(body()).getBytes(StandardCharsets.UTF_8));
        if (this == RATE_LIMITED || this == UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter(failure)));
        }
        return response.build();
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", title);
        body.put("status", status);
        body.put("code", name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return body;
    }

    private static Duration retryAfter(@Nullable Throwable failure) {
        Duration asked = failure instanceof JamsocketApiException refusal ? refusal.retryAfter() : null;
        return Objects.requireNonNullElse(asked, RETRY_AFTER);
    }

    /** Rounded up: earlier would be too early. */
    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
