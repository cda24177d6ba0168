package com.jamsocket.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A stream has ended. */
@Name("com.jamsocket.StreamEnd")
@Label("Jamsocket Stream End")
@Description("A status stream has ended, by whoever it was opened")
@Category({"Jamsocket", "Streams"})
@StackTrace(false)
final class StreamEndEvent extends Event {

    @Label("Backend")
    @Nullable
    String backend;

    @Label("How")
    @Description("Terminated, Forgotten, DroneLost, Closed or Failed")
    @Nullable
    String how;

    @Label("Cause")
    @Description("The type of the exception of a stream that has failed")
    @Nullable
    String cause;
}
