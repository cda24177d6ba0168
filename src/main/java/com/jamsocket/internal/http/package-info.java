/**
 * Calls that have one answer, through the Jakarta REST client of the platform. {@link
 * com.jamsocket.internal.http.RestCaller} is the entry point.
 */
@NullMarked
package com.jamsocket.internal.http;

import org.jspecify.annotations.NullMarked;
