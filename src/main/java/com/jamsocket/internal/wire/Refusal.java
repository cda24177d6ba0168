package com.jamsocket.internal.wire;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketApiException.Details;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.internal.HttpStatus;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Understands an answer other than 2xx: the JSON of the Jamsocket API ({@code {"error":{…}}}), that of Plane
 * ({@code {"id","kind","message"}}), the text of a development server with Plane's JSON inside, or anything else, which
 * then is of somebody on the way. What it finds is what retries, streams, probes and handshakes go by: whether the same
 * call may succeed later, and whether this one may have taken effect.
 */
public final class Refusal {

    private static final int MAX_BODY = 64 * 1024;

    /**
     * Whether the same call may succeed later, by the kind of error. With any of these the server has done nothing. For
     * all other kinds the HTTP status decides.
     */
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

    private Refusal() {}

    /**
     * The exception for an answer.
     *
     * @param server who was asked
     * @param call what was asked
     * @param reply the answer
     * @param now the time of the answer
     */
    public static JamsocketApiException of(ServerKind server, Call call, Reply reply, Instant now) {
        String text = reply.text(MAX_BODY);
        JsonObject envelope = json(text);
        JsonObject error = envelope.get("error") instanceof JsonObject inner ? inner : envelope;
        boolean own = server.owns(text, envelope);
        String kind = text(error, "kind", "code");
        boolean known = own && kind != null && RETRYABLE.containsKey(kind);
        // The answer to an id that is taken, which Plane has no other word for.
        boolean ownIdInUse = known && "FailedToAcquireKey".equals(kind) && call.hasOwnId();
        boolean foreign404 = reply.status() == 404 && !own;
        boolean mayPass =
                known ? Boolean.TRUE.equals(RETRYABLE.get(kind)) : foreign404 || HttpStatus.isTransient(reply.status());
        Duration retryAfter = reply.retryAfter(now);
        Details details = new Details(
                reply.status(),
                redacted(kind),
                redacted(text(error, "message", "error")),
                redacted(text(error, "id")),
                retryAfter,
                Redaction.of(text),
                mayPass && !ownIdInUse,
                !known && mayHaveTakenEffect(reply, retryAfter));
        String problem = foreign404
                ? "this 404 is not from " + server + ": check the address, and what stands before the server"
                : ownIdInUse
                        ? "the backend id " + call.backendId() + " is in use, or was"
                        : Redaction.excerpt(reply.redirectProblem());
        return exception(own, known ? kind : null, call, message(call, details, problem), details);
    }

    /**
     * A gateway that lost the answer says so with 5xx; a server that asks to come back has not begun. Who gives up a
     * connection with 408 has not received the request (RFC 9110, section 15.5.9); some frameworks answer 408 for work
     * that took them too long, and keep the connection.
     */
    private static boolean mayHaveTakenEffect(Reply reply, @Nullable Duration retryAfter) {
        int status = reply.status();
        return status == HttpStatus.REQUEST_TIMEOUT
                ? !reply.closesConnection()
                : status >= 500 && !(status == 503 && retryAfter != null);
    }

    /** By the kind where it is known, for it says more than the status with which it comes. */
    private static JamsocketApiException exception(
            boolean own, @Nullable String knownKind, Call call, String message, Details details) {
        boolean missing = own
                && details.statusCode() == 404
                && (knownKind == null || knownKind.equals("NotFound"))
                && call.backendId() != null
                && !call.hasOwnId();
        if (missing) {
            return new BackendNotFoundException(message, details);
        }
        if (knownKind != null) {
            return switch (knownKind) {
                case "KeyHeld" -> new KeyHeldException(message, details);
                case "KeyUnheldNoSpawnConfig" -> new KeyUnheldException(message, details);
                default -> new JamsocketApiException(message, details);
            };
        }
        return switch (details.statusCode()) {
            case 401, 403, 407 -> new UnauthorizedException(message, details);
            case 429 -> new RateLimitedException(message, details);
            default -> new JamsocketApiException(message, details);
        };
    }

    private static String message(Call call, Details details, String problem) {
        StringBuilder message = new StringBuilder().append(details.statusCode());
        if (details.kind() != null) {
            message.append(' ').append(Redaction.excerpt(details.kind()));
        }
        message.append(" from ").append(call);
        if (!problem.isEmpty()) {
            message.append(": ").append(problem);
        }
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

    /** The JSON in the answer; empty if there is none. */
    private static JsonObject json(String text) {
        int start = text.indexOf('{');
        if (start < 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try {
            return Json.readObject(text.substring(start));
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
