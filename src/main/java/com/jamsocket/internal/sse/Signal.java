package com.jamsocket.internal.sse;

import java.time.Duration;

/** What a decoder finds in a stream. */
sealed interface Signal permits ReceivedEvent, Signal.Comment, Signal.Retry {

    /** A comment line; servers send them to keep an idle connection alive. */
    record Comment() implements Signal {}

    /** The server asks to wait this long before a reconnection. */
    record Retry(Duration delay) implements Signal {}
}
