package com.jamsocket.internal.sse;

import java.io.IOException;

/** The limit of reconnections is reached, by number or by time. The cause is the last failure. */
public final class ReconnectLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    ReconnectLimitException(Throwable lastFailure) {
        super("Gave up the event stream: the limit of reconnections without a new event is reached", lastFailure);
    }
}
