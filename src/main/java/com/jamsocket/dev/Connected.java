package com.jamsocket.dev;

import com.jamsocket.ConnectResponse;
import java.net.URI;

/**
 * What a client gets.
 *
 * @param backend the backend
 * @param spawned whether it was started for this
 * @param token the way in
 */
record Connected(DevBackend backend, boolean spawned, Token token) {

    /** The answer of a server at this address, which tells the status below the path. */
    ConnectResponse response(URI url, String backendsPath) {
        return ConnectResponse.builder()
                .backendId(backend.id())
                .spawned(spawned)
                .statusName(backend.state().statusName())
                .token(token.text())
                .url(url.resolve("/" + token.text() + "/"))
                .secretToken(token.secret())
                .statusUrl(url.resolve(backendsPath + PathSegments.encoded(backend.id()) + "/status"))
                .build();
    }
}
