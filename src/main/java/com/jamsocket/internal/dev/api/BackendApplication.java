package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;

/** What runs in the backends: answers what their proxy hands on. */
@FunctionalInterface
public interface BackendApplication {

    /** Answers a request, on any thread, and may block. What it throws becomes a 502. */
    HttpReply answer(String backendId, HttpRequest request) throws Exception;
}
