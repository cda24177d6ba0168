/**
 * Many browsers on one status stream: {@link com.jamsocket.internal.rest.SharedStreams}. Knows nothing of HTTP, and its
 * time is an argument.
 */
@NullMarked
package com.jamsocket.internal.rest;

import org.jspecify.annotations.NullMarked;
