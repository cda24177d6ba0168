/**
 * Server-sent events over the JDK's non-blocking HTTP client.
 *
 * <p>The entry point is {@link com.jamsocket.internal.sse.HttpEventSource}, a {@link jakarta.ws.rs.sse.SseEventSource}.
 * The package stands alone: it knows the JDK and Jakarta REST, and nothing of backends. Bytes take one way through it:
 * {@code EventStreamBody} receives them with back-pressure, {@code EventStreamDecoder} makes signals of them, {@code
 * Connection} joins both for one attempt, {@code SourceLifecycle} decides what follows an attempt, and {@code
 * Consumers} calls the application.
 */
@NullMarked
package com.jamsocket.internal.sse;

import org.jspecify.annotations.NullMarked;
