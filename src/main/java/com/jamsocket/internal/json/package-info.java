/**
 * The JSON-B bindings that the annotations of the vocabulary name, thin over {@code com.jamsocket.internal.wire}.
 * Public only for the implementations of JSON-B, which make them: {@link com.jamsocket.json} is what applications use.
 */
@NullMarked
package com.jamsocket.internal.json;

import org.jspecify.annotations.NullMarked;
