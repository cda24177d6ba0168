package com.jamsocket.dev;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/**
 * What a {@link Launcher} has started for one backend. The methods that end it are called by threads of the server, may
 * block, and may be called when it has ended already.
 */
public interface LaunchedBackend {

    /** Where it answers HTTP, or will: {@code http://host:port}. The backend is ready at its first answer. */
    URI address();

    /** Completed with its exit code when it has ended, for whatever reason; anything but 0 is an error. */
    CompletionStage<Integer> exit();

    /** Asks it to end. If it does not within the grace period, {@link #kill()} is called. */
    void stop();

    /** Ends it. */
    void kill();
}
