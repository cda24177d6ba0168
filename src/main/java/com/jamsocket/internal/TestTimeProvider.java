package com.jamsocket.internal;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time of servers in this JVM whose time a test moves. The client has none in its jar and finds it as a
 * service.
 */
public interface TestTimeProvider {

    /** The time of the server at this address; null if it has that of the machine. */
    @Nullable
    TestTime of(URI server);
}
