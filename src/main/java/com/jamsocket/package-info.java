/**
 * The client for session backends and its vocabulary: everything an application imports.
 *
 * <p>{@link com.jamsocket.Jamsocket} is the entry point. {@code connect} gives a {@link com.jamsocket.ConnectResponse}
 * with the connection URL for a browser; {@code statusStream} follows the {@link com.jamsocket.BackendState}s of a
 * backend to their end. The CDI face is in {@code com.jamsocket.cdi}, the JSON-B face in {@code com.jamsocket.json},
 * a server for development and tests, which is a jar of its own, in {@code com.jamsocket.dev}.
 */
@NullMarked
package com.jamsocket;

import org.jspecify.annotations.NullMarked;
