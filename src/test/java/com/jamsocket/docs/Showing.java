package com.jamsocket.docs;

// snippet: status
import com.jamsocket.BackendState;

public final class Showing {

    static String show(BackendState state) {
        return switch (state.status()) {
            case READY -> "open";
            case TERMINATING, HARD_TERMINATING, TERMINATED -> "over";
            default -> state.statusName();
        };
    }
}
// end
