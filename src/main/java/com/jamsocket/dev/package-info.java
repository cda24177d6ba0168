/**
 * A server for development and tests that runs in this JVM. It is a jar of its own, with the classifier {@code dev},
 * which production does without; {@link com.jamsocket.dev.JamsocketDevServer} is where to begin.
 */
@NullMarked
package com.jamsocket.dev;

import org.jspecify.annotations.NullMarked;
