package com.jamsocket.internal.sse;

import java.io.IOException;

/** A line or an event is longer than the source accepts. The stream ends with it, for the rest cannot be trusted. */
public final class EventTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    EventTooLongException(int limit) {
        super("The server sent a line or an event of more than " + limit
                + " bytes. Raise the maximum event length if it is meant to.");
    }
}
