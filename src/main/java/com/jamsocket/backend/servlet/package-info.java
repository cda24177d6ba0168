/**
 * For backends on servlets: {@link com.jamsocket.backend.servlet.VerifiedRequestFilter} lets in what came through the
 * proxy, {@link com.jamsocket.backend.servlet.KickFilter} receives kicks. Neither is registered by itself.
 */
@NullMarked
package com.jamsocket.backend.servlet;

import org.jspecify.annotations.NullMarked;
