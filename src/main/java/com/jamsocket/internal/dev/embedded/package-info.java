/** The development server as the client starts it. */
@NullMarked
package com.jamsocket.internal.dev.embedded;

import org.jspecify.annotations.NullMarked;
