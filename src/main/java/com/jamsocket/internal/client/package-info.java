/**
 * JSON to vocabulary and back, for each server that is spoken to. {@link com.jamsocket.internal.wire.Dialect} is the
 * entry point: nothing outside it asks which kind of server there is.
 */
@NullMarked
package com.jamsocket.internal.client;

import org.jspecify.annotations.NullMarked;
