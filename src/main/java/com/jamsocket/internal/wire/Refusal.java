package com.jamsocket.internal.wire;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketApiException.Details;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.UnauthorizedException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Understands an answer other than 2xx: the JSON of the Jamsocket API ({@code {"error":{…}}}), that of Plane
 * ({@code {"id","kind","message"}}), the text of a development server with Plane's JSON inside, or anything else.
 */
public final class Refusal {

    private static final int MAX_BODY = 64 * 1024;

    /** The kinds of error that say whether another try can help; for all others the HTTP status decides. */
    private static final Map<String, Boolean> RETRYABLE = Map.of(
            "KeyHeld", false,
            "KeyUnheldNoSpawnConfig", false,
            "FailedToRemoveKey", true,
            "FailedToAcquireKey", true,
            "KeyHeldUnhealthy", true,
            "NoDroneAvailable", true,
            "NoClusterProvided", false,
            "InvalidClusterName", false,
            "NotFound", false);

    private static final Set<Integer> RETRYABLE_STATUS = Set.of(408, 425, 429, 500, 502, 503, 504);

    private Refusal() {}

    /**
     * The exception for an answer.
     *
     * @param call what was asked
     * @param status the HTTP status
     * @param retryAfter what the server said of the next try, or null
     * @param body the body; may be empty
     */
    public static JamsocketApiException of(Call call, int status, @Nullable Duration retryAfter, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_BODY), StandardCharsets.UTF_8);
        JsonObject json = errorObject(text);
        String kind = text(json, "kind", "code");
        Details details = new Details(
                status,
                kind,
                redacted(text(json, "message", "error")),
                text(json, "id"),
                retryAfter,
                Redaction.of(text),
                RETRYABLE.getOrDefault(kind == null ? "" : kind, RETRYABLE_STATUS.contains(status)));
        return exception(call, message(call, details), details);
    }

    private static JamsocketApiException exception(Call call, String message, Details details) {
        if ("KeyHeld".equals(details.kind())) {
            return new KeyHeldException(message, details);
        }
        if ("KeyUnheldNoSpawnConfig".equals(details.kind())) {
            return new KeyUnheldException(message, details);
        }
        return switch (details.statusCode()) {
            case 401, 403, 407 -> new UnauthorizedException(message, details);
            case 429 -> new RateLimitedException(message, details);
            case 404 ->
                call.backendId() == null
                        ? new JamsocketApiException(message, details)
                        : new BackendNotFoundException(message, details);
            default -> new JamsocketApiException(message, details);
        };
    }

    private static String message(Call call, Details details) {
        StringBuilder message = new StringBuilder().append(details.statusCode());
        if (details.kind() != null) {
            message.append(' ').append(Redaction.excerpt(details.kind()));
        }
        message.append(" from ").append(call);
        String said = Objects.requireNonNullElse(details.serverMessage(), details.body());
        if (!said.isBlank()) {
            message.append(": ").append(Redaction.excerpt(said));
        }
        if (details.errorId() != null) {
            message.append(" (error id ")
                    .append(Redaction.excerpt(details.errorId()))
                    .append(')');
        }
        return message.toString();
    }

    /** The object that describes the error; empty if the answer has none. */
    private static JsonObject errorObject(String text) {
        int start = text.indexOf('{');
        if (start < 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try {
            JsonObject json = Json.readObject(text.substring(start));
            return json.get("error") instanceof JsonObject error ? error : json;
        } catch (JamsocketProtocolException e) {
            // Then the text is all there is, and it is shown as it is.
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    /** The first of these fields that is a text or a number. */
    private static @Nullable String text(JsonObject json, String... names) {
        for (String name : names) {
            JsonValue value = json.get(name);
            if (value instanceof JsonString text) {
                return text.getString();
            }
            if (value instanceof JsonNumber) {
                return value.toString();
            }
        }
        return null;
    }

    private static @Nullable String redacted(@Nullable String text) {
        return text == null ? null : Redaction.of(text);
    }
}
