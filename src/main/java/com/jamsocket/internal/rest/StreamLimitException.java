package com.jamsocket.internal.rest;

import java.io.Serial;

/** There are as many upstream streams as there may be. */
public final class StreamLimitException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StreamLimitException(int limit) {
        super("there are " + limit + " status streams already, and no more are opened for browsers");
    }
}
