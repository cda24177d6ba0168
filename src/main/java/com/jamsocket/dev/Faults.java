package com.jamsocket.dev;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that are still to strike, in the order they were given. On the loop's thread only. */
final class Faults {

    private final List<Fault> waiting = new ArrayList<>();

    void add(Fault fault) {
        waiting.add(fault);
    }

    void clear() {
        waiting.clear();
    }

    /** The fault that strikes this request, which is used up by that. */
    @Nullable
    Fault take(Fault.Endpoint endpoint, @Nullable String backendId) {
        for (int i = 0; i < waiting.size(); i++) {
            Fault fault = waiting.get(i);
            if (fault.endpoint() == endpoint
                    && (fault.backendId() == null || fault.backendId().equals(backendId))) {
                waiting.remove(i);
                if (fault.times() > 1) {
                    waiting.add(i, fault.times(fault.times() - 1));
                }
                return fault;
            }
        }
        return null;
    }

    /** Lets a fault which came too late for its answer strike the next request of that kind. */
    void strikeNext(Fault fault) {
        waiting.add(0, fault.at(Fault.Moment.HANDSHAKE).times(1));
    }
}
