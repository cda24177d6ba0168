/** A cluster in memory: backends, keys, tokens, lifecycles. Knows nothing of HTTP, and its time is an argument. */
@NullMarked
package com.jamsocket.internal.dev.cluster;

import org.jspecify.annotations.NullMarked;
