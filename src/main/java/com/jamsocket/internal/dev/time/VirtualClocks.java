package com.jamsocket.internal.dev.time;

import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.TestTimeProvider;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The servers in this JVM whose time a test moves, by their ports: how a client of one finds its time. */
public final class VirtualClocks implements TestTimeProvider {

    private static final Map<Integer, VirtualClock> CLOCKS = new ConcurrentHashMap<>();

    /** A server has this port, and this time, until it is closed. */
    public static void add(int port, VirtualClock clock) {
        CLOCKS.put(port, clock);
    }

    /** The server of this time is closed. */
    public static void remove(VirtualClock clock) {
        CLOCKS.values().remove(clock);
    }

    @Override
    public @Nullable TestTime of(URI server) {
        return CLOCKS.get(server.getPort());
    }
}
