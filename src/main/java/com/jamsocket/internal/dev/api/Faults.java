package com.jamsocket.internal.dev.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that are still to be injected, in the order they were given. On the loop's thread only. */
public final class Faults {

    private final List<InjectedFault> waiting = new ArrayList<>();
    private Runnable onChange = () -> {};

    /** Tells this listener that others wait than before. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Those that wait. */
    List<InjectedFault> waiting() {
        return List.copyOf(waiting);
    }

    /** Adds one at the end. */
    public void add(InjectedFault fault) {
        waiting.add(fault);
        onChange.run();
    }

    /** Takes back all of them. */
    public void clear() {
        waiting.clear();
        onChange.run();
    }

    /** The fault for this request, which is used up by that; null for none. */
    @Nullable
    InjectedFault take(InjectedFault.Endpoint endpoint, @Nullable String backendId) {
        for (int i = 0; i < waiting.size(); i++) {
            InjectedFault fault = waiting.get(i);
            if (fault.endpoint() == endpoint
                    && (fault.backendId() == null || fault.backendId().equals(backendId))) {
                waiting.remove(i);
                if (fault.times() > 1) {
                    waiting.add(i, fault.times(fault.times() - 1));
                }
                onChange.run();
                return fault;
            }
        }
        return null;
    }

    /** Keeps a fault which came too late for its answer for the next request of that kind. */
    void addFirst(InjectedFault fault) {
        waiting.add(0, fault.at(InjectedFault.Moment.HANDSHAKE).times(1));
        onChange.run();
    }
}
