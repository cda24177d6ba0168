package com.jamsocket.internal.wire;

import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was answered to a call, whichever HTTP client received it.
 *
 * @param status the HTTP status
 * @param headers those that count here, by name in lower case
 * @param body the body, of which at most a byte over {@link #MAX_BODY} was read
 * @param redirectProblem where it redirects to and why that is not followed; empty if it is no redirect
 */
public record Reply(int status, Map<String, String> headers, byte[] body, String redirectProblem) {

    /** The most bytes that an answer may hold. */
    public static final int MAX_BODY = 1024 * 1024;

    private static final List<String> COUNTING =
            List.of("content-type", "content-encoding", "location", "retry-after", "connection");

    /** A reply that is no redirect. */
    public Reply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, "");
    }

    /** A reply without headers. */
    public Reply(int status, byte[] body) {
        this(status, Map.of(), body);
    }

    /** A reply with the headers that count. */
    public static Reply of(int status, UnaryOperator<@Nullable String> header, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : COUNTING) {
            String value = header.apply(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Reply(status, headers, body);
    }

    /** The same, with a redirect that is not followed. */
    public Reply notFollowed(String redirectProblem) {
        return new Reply(status, headers, body, redirectProblem);
    }

    boolean isSuccess() {
        return HttpStatus.isSuccess(status);
    }

    /** The coding of the body; null for none. Nothing is asked for, so that whatever is here was not wanted. */
    @Nullable
    String contentCoding() {
        String coding = headers.getOrDefault("content-encoding", "").strip().toLowerCase(Locale.ROOT);
        return coding.isEmpty() || coding.equals("identity") ? null : coding;
    }

    /** Whether the server gives up the connection with this answer. */
    boolean closesConnection() {
        return Arrays.stream(headers.getOrDefault("connection", "").split(","))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    boolean isTooLong() {
        return body.length > MAX_BODY;
    }

    /** Whether it is markup, with which no JSON begins. */
    boolean isPage() {
        int first = 0;
        while (first < body.length && body[first] <= ' ' && body[first] >= 0) {
            first++;
        }
        return first < body.length && body[first] == '<';
    }

    /** How long the server asks to wait before the next try; null if it does not say. */
    @Nullable
    Duration retryAfter(Instant now) {
        return RetryAfter.parse(headers.get("retry-after"), now);
    }

    /** The first bytes of the body as text. */
    String text(int limit) {
        return new String(body, 0, Math.min(body.length, limit), StandardCharsets.UTF_8);
    }

    /** Shows the status alone. */
    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}
