package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;

/** What runs in the backends: answers what their proxy hands on. */
@FunctionalInterface
public interface BackendApplication {

    /**
     * Answers a request, on any thread, and may block. What it throws becomes a 502. Of the backend only what never
     * changes may be asked: its id, and what it was started for.
     */
    HttpReply answer(Backend backend, HttpRequest request) throws Exception;
}
