package com.jamsocket.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When 200 lines over {@code java.net.http} are enough, and what they miss when they are not. */
class RivalsTest {

    private static final int SEEDS = Integer.getInteger("jamsocket.simulation.rivals", 100);
    private static final Logger LOGGER = Logger.getLogger("com.jamsocket");

    private enum Trouble {
        NONE(EnumSet.noneOf(Fault.class)),
        SERVER_LOSES_STATES(EnumSet.of(Fault.DROPPED_EVENT)),
        CONNECTIONS_BREAK(EnumSet.of(Fault.CUT, Fault.END_OF_STREAM, Fault.RESET_BEFORE_HEAD)),
        CONNECTIONS_HANG(EnumSet.of(Fault.STALL, Fault.BLACK_HOLE, Fault.BUFFERING_PROXY)),
        OUTAGES(EnumSet.of(Fault.OUTAGE_REFUSED, Fault.OUTAGE_BLACK_HOLE, Fault.OUTAGE_UNAVAILABLE)),
        OTHERS_ANSWER(
                EnumSet.of(Fault.ROUTER_404, Fault.BAD_GATEWAY, Fault.INTERNAL_ERROR, Fault.UNAVAILABLE_RETRY_AFTER));

        private final Set<Fault> faults;

        Trouble(Set<Fault> faults) {
            this.faults = faults;
        }
    }

    @BeforeAll
    static void logNothing() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOGGER.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void aPlainClientMissesWhatThisOneTells(Trouble trouble) {
        Rivals.Score ours = new Rivals.Score();
        Rivals.Score plain = new Rivals.Score();
        for (long seed = 0; seed < SEEDS; seed++) {
            Rivals.ours(seed, trouble.faults, ours);
            Rivals.plain(seed, trouble.faults, plain);
        }
        System.out.println(trouble + "\n  this client: " + ours + "\n  a plain one: " + plain);

        assertThat(ours.doubled + ours.endsMissing + ours.falseEnds + ours.spawnedTwice + ours.leftOpen)
                .as("%s", ours)
                .isZero();
        assertThat(ours.lives).isPositive();
        switch (trouble) {
            case NONE -> assertThat(ours.lost + plain.lost + plain.endsMissing).isZero();
            case SERVER_LOSES_STATES -> assertThat(plain.lost).isGreaterThan(3 * ours.lost);
            case CONNECTIONS_BREAK -> assertThat(plain.spawnedTwice).isPositive();
            // The price of being told in time: what came before is given up after two seconds.
            case CONNECTIONS_HANG, OUTAGES -> assertThat(plain.delayOfEnds()).isGreaterThan(ours.delayOfEnds());
            case OTHERS_ANSWER -> assertThat(plain.falseEnds).isPositive();
        }
    }
}
