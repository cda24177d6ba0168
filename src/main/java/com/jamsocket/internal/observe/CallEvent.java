package com.jamsocket.internal.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A call, from its begin to its outcome. */
@Name("com.jamsocket.Call")
@Label("Jamsocket Call")
@Description("A call to Plane or a Jamsocket API, with its retries")
@Category({"Jamsocket", "Calls"})
final class CallEvent extends Event {

    @Label("Request")
    @Description("Method and path")
    @Nullable
    String request;

    @Label("Outcome")
    @Description("ok, or the type of the exception")
    @Nullable
    String outcome;
}
