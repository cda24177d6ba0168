package com.jamsocket.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A stream has lost its connection. */
@Name("com.jamsocket.Reconnect")
@Label("Jamsocket Reconnect")
@Description("A status stream has lost its connection and reconnects")
@Category({"Jamsocket", "Streams"})
@StackTrace(false)
final class ReconnectEvent extends Event {

    @Label("Backend")
    @Nullable
    String backend;

    @Label("Attempt")
    @Description("Since the last new state or connection that stood")
    int attempt;

    @Label("Delay")
    @Timespan(Timespan.MILLISECONDS)
    long delay;

    @Label("Cause")
    @Description("The type of what went wrong; nothing if the server simply ended the stream")
    @Nullable
    String cause;
}
