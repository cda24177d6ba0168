/**
 * For backends on Jakarta REST: {@link com.jamsocket.backend.rest.VerifiedRequestFilter} lets in what came through the
 * proxy, {@link com.jamsocket.backend.rest.KickResource} receives kicks. Neither is registered by itself.
 */
@NullMarked
package com.jamsocket.backend.rest;

import org.jspecify.annotations.NullMarked;
