package com.jamsocket.internal.dev.api;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.dev.cluster.ConnectResult;
import java.net.URI;

/** The addresses that a server gives out. */
record ConnectionUrls(URI base) {

    /** The answer to a connect, in an API that tells statuses below the path. */
    ConnectResponse response(ConnectResult result, String backendsPath) {
        String id = result.backend().id();
        String token = result.token().text();
        return ConnectResponse.builder()
                .backendId(id)
                .spawned(result.spawned())
                .statusName(result.backend().state().statusName())
                .token(token)
                .url(base.resolve("/" + token + "/"))
                .secretToken(result.token().secret())
                .statusUrl(base.resolve(backendsPath + PathSegments.encoded(id) + "/status"))
                .build();
    }
}
