/**
 * Calls that have one answer: {@link com.jamsocket.internal.http.Transport} is the entry point, {@link
 * com.jamsocket.internal.http.HttpTransport} the one that uses HTTP clients, the Jakarta REST client of the platform
 * and the JDK's.
 */
@NullMarked
package com.jamsocket.internal.http;

import org.jspecify.annotations.NullMarked;
