package com.jamsocket.internal.dev.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and what became of it.
 *
 * @param time when it was answered
 * @param request the request; without a body if that was streamed to a backend
 * @param status the status of the answer; 0 if there was none
 * @param refusal the text of an answer that refuses, or null
 */
public record HandledRequest(Instant time, HttpRequest request, int status, @Nullable String refusal) {}
