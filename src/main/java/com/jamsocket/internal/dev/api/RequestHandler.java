package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.Exchange;

/** Answers the requests to some paths. */
interface RequestHandler {

    /** Answers the request, if its path is one of these; whether it is. */
    boolean handle(Exchange exchange);
}
