package com.jamsocket.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whole lives of streams in simulated time. {@code -Djamsocket.simulation.seeds=1000000} runs as many, {@code
 * -Djamsocket.simulation.first=17} begins with that one.
 */
class SimulationTest {

    private static final String FIRST = "jamsocket.simulation.first";
    private static final String SEEDS = "jamsocket.simulation.seeds";
    private static final String RERUN = "seed %d: rerun with -Dtest=SimulationTest -D%s=%d -D%s=1";

    /** A long run goes on after a failure, for the next one may tell more. */
    private static final int MOST_FAILURES = 10;

    @Test
    void everyPromiseHoldsWhateverGoesWrong() {
        long first = Long.getLong(FIRST, 0);
        long seeds = Long.getLong(SEEDS, 10_000);
        Tally tally = new Tally();
        Map<String, List<String>> problems = new LinkedHashMap<>();
        for (long seed = first; seed < first + seeds && problems.size() < MOST_FAILURES; seed++) {
            List<String> found = Simulation.run(seed, tally);
            if (!found.isEmpty()) {
                problems.put(RERUN.formatted(seed, FIRST, seed, SEEDS), found);
            }
        }
        assertThat(problems).isEmpty();
        System.out.println(seeds + " runs: " + tally);
        if (seeds >= 10_000) {
            assertThat(tally.missing()).isEmpty();
        }
    }
}
