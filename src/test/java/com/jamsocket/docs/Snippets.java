package com.jamsocket.docs;

import com.jamsocket.BackendState;
import com.jamsocket.PlaneControl;
import com.jamsocket.RateLimitedException;
import com.jamsocket.StreamEnd;
import java.time.Duration;

/** What the pages show in passing. */
final class Snippets {

    private Snippets() {}

    static void drain(PlaneControl control) {
        // snippet: drain
        control.awaitDrained("localhost:9090", "dr-0abc", Duration.ofHours(1));
        // end
    }

    // snippet: status
    static String show(BackendState state) {
        return switch (state.status()) {
            case READY -> "open";
            case TERMINATING, HARD_TERMINATING, TERMINATED -> "over";
            default -> state.statusName();
        };
    }
    // end

    // snippet: ends
    static String tell(StreamEnd end) {
        if (end instanceof StreamEnd.Terminated terminated) {
            return "ended: " + terminated.state();
        }
        if (end instanceof StreamEnd.Failed failed) {
            return failed.cause() instanceof RateLimitedException ? "too many" : "lost: " + failed.cause();
        }
        return end instanceof StreamEnd.Closed ? "closed by us" : "gone, and nobody can tell how";
    }
    // end
}
