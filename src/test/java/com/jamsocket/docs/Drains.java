package com.jamsocket.docs;

// snippet: drain
import com.jamsocket.PlaneControl;
import java.time.Duration;

public final class Drains {

    /** Has no backend started on the drone any more, and returns when the last one there has ended. */
    static void empty(PlaneControl control, String drone) {
        control.awaitDrained("localhost:9090", drone, Duration.ofHours(1));
    }
}
// end
