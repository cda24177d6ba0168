/**
 * For backends on Jakarta WebSocket: {@link com.jamsocket.backend.websocket.VerifiedRequestConfigurator} lets in what
 * came through the proxy, and tells an endpoint who is there.
 */
@NullMarked
package com.jamsocket.backend.websocket;

import org.jspecify.annotations.NullMarked;
