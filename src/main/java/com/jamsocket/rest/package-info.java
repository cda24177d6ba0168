/**
 * For an application's own Jakarta REST resources: {@link com.jamsocket.rest.StatusResource} tells browsers how their
 * backends are, {@link com.jamsocket.rest.JamsocketExceptionMapper} answers where the client fails, and
 * {@link com.jamsocket.rest.EventStreamFilter} keeps proxies from holding events back. None is registered by itself.
 */
@NullMarked
package com.jamsocket.rest;

import org.jspecify.annotations.NullMarked;
