/** A server for development and tests that runs in this JVM. */
@NullMarked
package com.jamsocket.dev;

import org.jspecify.annotations.NullMarked;
