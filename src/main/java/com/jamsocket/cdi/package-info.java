/** The client in a CDI container: injection of {@link com.jamsocket.Jamsocket} and events for its backends' states. */
@NullMarked
package com.jamsocket.cdi;

import org.jspecify.annotations.NullMarked;
