package com.jamsocket.dev;

/** A server's routes in one dialect. */
interface Face {

    /** Answers the request, if its path is of this face. */
    boolean handle(Exchange exchange);
}
