/**
 * The client and its vocabulary.
 */
@NullMarked
package com.jamsocket.internal.sse;

import org.jspecify.annotations.NullMarked;
