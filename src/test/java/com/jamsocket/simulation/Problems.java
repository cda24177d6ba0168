package com.jamsocket.simulation;

import java.util.ArrayList;
import java.util.List;

/** What a run has found to be wrong. */
final class Problems {

    private static final int MOST = 100;

    private final SimulatedTime time;
    private final List<String> found = new ArrayList<>();

    Problems(SimulatedTime time) {
        this.time = time;
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            add(otherwise);
        }
    }

    void add(String problem) {
        // One that goes round in circles would find no end.
        if (found.size() < MOST) {
            found.add(time.elapsed() + ": " + problem);
        }
    }

    List<String> found() {
        return found;
    }
}
