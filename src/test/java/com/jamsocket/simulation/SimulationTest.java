package com.jamsocket.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whole lives of streams in simulated time. {@code -Djamsocket.simulation.seeds=1000000} runs as many, {@code
 * -Djamsocket.simulation.first=17} begins with that one.
 */
class SimulationTest {

    private static final String FIRST = "jamsocket.simulation.first";
    private static final String SEEDS = "jamsocket.simulation.seeds";

    @Test
    void everyPromiseHoldsWhateverGoesWrong() {
        long first = Long.getLong(FIRST, 0);
        long seeds = Long.getLong(SEEDS, 10_000);
        Tally tally = new Tally();
        for (long seed = first; seed < first + seeds; seed++) {
            List<String> problems = Simulation.run(seed, tally);
            assertThat(problems)
                    .as("seed %d: rerun with -Dtest=SimulationTest -D%s=%d -D%s=1", seed, FIRST, seed, SEEDS)
                    .isEmpty();
        }
        System.out.println(seeds + " runs: " + tally);
        if (seeds >= 10_000) {
            assertThat(tally.missing()).isEmpty();
        }
    }
}
