package com.jamsocket.docs;

// snippet: ends
import com.jamsocket.RateLimitedException;
import com.jamsocket.StreamEnd;

public final class Endings {

    static String tell(StreamEnd end) {
        if (end instanceof StreamEnd.Terminated terminated) {
            return "ended: " + terminated.state();
        }
        if (end instanceof StreamEnd.Failed failed) {
            return failed.cause() instanceof RateLimitedException ? "too many" : "lost: " + failed.cause();
        }
        return end instanceof StreamEnd.Closed ? "closed by us" : "gone, and nobody can tell how";
    }
}
// end
