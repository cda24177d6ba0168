package com.jamsocket.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How often each thing has happened, over many runs. */
final class Tally {

    private final Map<Enum<?>, Integer> counts =
            new TreeMap<>((one, other) -> one.name().compareTo(other.name()));

    void count(Enum<?> thing) {
        counts.merge(thing, 1, Integer::sum);
    }

    int of(Enum<?> thing) {
        return counts.getOrDefault(thing, 0);
    }

    /** What has not happened of all that can. */
    List<Enum<?>> missing() {
        return Stream.concat(Arrays.<Enum<?>>stream(Fault.values()), Arrays.stream(Transition.values()))
                .<Enum<?>>map(thing -> thing)
                .filter(thing -> of(thing) == 0)
                .toList();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
