package com.jamsocket.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a run, and until when: each run has faults of its own choice, often or seldom, and a time from
 * which on all is well. Only then can it be said what must happen.
 */
final class Weather {

    private static final Set<Fault> FOR_GOOD = EnumSet.range(Fault.UNAUTHORIZED_STREAM, Fault.OVERSIZED_EVENT);

    private final Chance chance;
    private final SimulatedTime time;
    private final Tally tally;
    private final Set<Fault> possible = EnumSet.noneOf(Fault.class);
    private final Set<Fault> standing = EnumSet.noneOf(Fault.class);
    private final boolean proxyStays;
    private final int seldom;
    private final Duration quietFrom;
    private @Nullable Fault outage;
    private long faults;
    private Duration lastFault = Duration.ZERO;

    Weather(Chance chance, SimulatedTime time, Tally tally) {
        this.chance = chance;
        this.time = time;
        this.tally = tally;
        this.proxyStays = chance.oneIn(2);
        boolean fair = chance.oneIn(8);
        boolean dense = chance.oneIn(4);
        for (Fault fault : Fault.values()) {
            int oneIn = FOR_GOOD.contains(fault) ? 40 : dense ? 2 : 5;
            if (!fair && chance.oneIn(oneIn)) {
                possible.add(fault);
            }
        }
        this.seldom = 1 << (1 + chance.below(4));
        this.quietFrom = chance.time(Duration.ofSeconds(1), Duration.ofMinutes(3));
        if (!fair) {
            planOutages();
        }
    }

    /** With these faults alone, often, for two minutes. */
    Weather(Chance chance, SimulatedTime time, Tally tally, Set<Fault> faults) {
        this.chance = chance;
        this.time = time;
        this.tally = tally;
        this.possible.addAll(faults);
        this.proxyStays = false;
        this.seldom = 4;
        this.quietFrom = Duration.ofMinutes(2);
        planOutages();
    }

    private void planOutages() {
        for (Fault kind : EnumSet.of(Fault.OUTAGE_REFUSED, Fault.OUTAGE_BLACK_HOLE, Fault.OUTAGE_UNAVAILABLE)) {
            if (possible.contains(kind)) {
                Duration from = chance.time(Duration.ofMillis(1), quietFrom);
                Duration length = chance.time(Duration.ofMillis(100), Duration.ofMinutes(1));
                time.at(from, () -> begin(kind));
                time.at(from.plus(length), () -> outage = isQuiet() || kind.equals(outage) ? null : outage);
            }
        }
    }

    private void begin(Fault kind) {
        if (!isQuiet()) {
            outage = kind;
            happened(kind);
        }
    }

    /** Whether a fault happens here and now. */
    boolean strikes(Fault fault) {
        if (isQuiet() || !possible.contains(fault) || !(standing.contains(fault) || chance.oneIn(seldom))) {
            return false;
        }
        if (proxyStays && fault == Fault.BUFFERING_PROXY) {
            // Whoever has put it in between has not done so for one stream.
            standing.add(fault);
        }
        happened(fault);
        return true;
    }

    /** Whether a fault belongs to this run, which happens when its time comes. */
    boolean brings(Fault fault) {
        return possible.contains(fault);
    }

    /** Counts a fault that happens. */
    void happened(Fault fault) {
        faults++;
        lastFault = time.elapsed();
        tally.count(fault);
    }

    /** What is wrong with the whole server. */
    @Nullable
    Fault outage() {
        return isQuiet() ? null : outage;
    }

    boolean isQuiet() {
        return time.elapsed().compareTo(quietFrom) >= 0;
    }

    Duration quietFrom() {
        return quietFrom;
    }

    long faults() {
        return faults;
    }

    Duration lastFault() {
        return lastFault;
    }

    boolean isDialled() {
        return !possible.isEmpty();
    }

    @Override
    public String toString() {
        return possible + " one in " + seldom + ", quiet from " + quietFrom;
    }
}
