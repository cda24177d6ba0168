/** Time that a test moves: of development servers in this JVM, and of their clients there. Knows nothing of either. */
@NullMarked
package com.jamsocket.internal.dev.time;

import org.jspecify.annotations.NullMarked;
