package com.jamsocket.internal.dev.api;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.dev.cluster.ConnectResult;
import java.net.URI;

/**
 * The addresses that a server gives out.
 *
 * @param api where the APIs are, ending in a slash
 * @param backends where the backends are, ending in a slash
 */
record ConnectionUrls(URI api, URI backends) {

    /** The answer to a connect, in an API that tells statuses below the path. */
    ConnectResponse response(ConnectResult result, String backendsPath) {
        String id = result.backend().id();
        String token = result.token().text();
        return ConnectResponse.builder()
                .backendId(id)
                .spawned(result.spawned())
                .statusName(result.backend().state().statusName())
                .token(token)
                .url(URI.create(backends + token + "/"))
                .secretToken(result.token().secret())
                .statusUrl(URI.create(api + backendsPath + PathSegments.encoded(id) + "/status"))
                .build();
    }
}
