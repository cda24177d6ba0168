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
        return new ConnectResponse(
                backend.id(),
                spawned,
                backend.state().statusName(),
                token.text(),
                url.resolve("/" + token.text() + "/"),
                token.secret(),
                url.resolve(backendsPath + PathSegments.encoded(backend.id()) + "/status"),
                null);
    }
}
