package com.jamsocket.dev;

import com.jamsocket.internal.dev.api.Program;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import java.io.IOException;
import java.util.Objects;

/** Handlers as the server knows them. */
final class Handlers {

    private Handlers() {}

    static Program program(BackendHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return new Program(null, (backend, request) -> answer(handler, backend, request));
    }

    private static HttpReply answer(BackendHandler handler, Backend backend, HttpRequest request) throws IOException {
        BackendHandler.Response response = handler.handle(new BackendHandler.Request(
                LaunchRequest.of(backend),
                request.method(),
                request.path(),
                request.query(),
                request.firstHeaders(),
                request.body()));
        return new HttpReply(response.status(), response.headers(), response.body());
    }
}
