package com.jamsocket.demo.whiteboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendState.Terminated;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationReason;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import com.jamsocket.cdi.BackendInfo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChronicleTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final Chronicle chronicle = new Chronicle();

    private static StreamEnd because(TerminationReason reason) {
        return terminated(Terminated.builder(NOON).reason(reason));
    }

    private static StreamEnd terminated(Terminated.Builder state) {
        return StreamEnd.terminated(state.build());
    }

    private static BackendInfo backend(String board) {
        return BackendInfo.builder("b1").key("whiteboard/" + board).user("Ann").build();
    }

    private void tell(String board, BackendState state) {
        chronicle.remember(BackendEvent.of(backend(board), state, false));
    }

    @Test
    void aLifeIsToldInFewWords() {
        tell("lobby", BackendState.scheduled(NOON));
        tell("lobby", BackendState.waiting(NOON.plusSeconds(1)));
        tell("lobby", BackendState.ready(NOON.plusSeconds(2)));

        assertThat(chronicle.of("lobby"))
                .isEqualTo("[{\"time\":\"2026-11-01T12:00:00Z\",\"text\":\"Ann opened the board.\"},"
                        + "{\"time\":\"2026-11-01T12:00:02Z\",\"text\":\"Its process was ready.\"}]");
        assertThat(chronicle.of("attic")).isEqualTo("[]");
    }

    static List<Arguments> ends() {
        return List.of(
                Arguments.of(terminated(Terminated.builder(NOON).exitCode(0)), "Its process ended."),
                Arguments.of(terminated(Terminated.builder(NOON).exitCode(1)), "Its process crashed."),
                Arguments.of(because(TerminationReason.SWEPT), "Nobody was here for long, so its process was ended."),
                Arguments.of(because(TerminationReason.EXTERNAL), "Its process was ended from outside."),
                Arguments.of(because(TerminationReason.STARTUP_TIMEOUT), "Its process did not start in time."),
                Arguments.of(because(TerminationReason.LOST), "Its process was lost."),
                Arguments.of(StreamEnd.forgotten(null), "Its process was lost."),
                Arguments.of(StreamEnd.droneLost("drone", null), "Its process was lost."),
                Arguments.of(StreamEnd.closed(), "Nothing more is known of its process."));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndIsToldWithItsReason(StreamEnd how, String text) {
        chronicle.remember(BackendEnd.of(backend("lobby"), how, null));

        assertThat(chronicle.of("lobby")).contains("\"" + text + "\"");
    }

    @Test
    void onlyWhatIsRecentIsRemembered() {
        for (int i = 0; i < 1_001; i++) {
            tell("board" + i, BackendState.scheduled(NOON));
        }
        assertThat(chronicle.of("board0")).isEqualTo("[]");
        assertThat(chronicle.of("board1")).contains("Ann");

        for (int i = 0; i < 20; i++) {
            tell("board1", BackendState.ready(NOON));
        }
        assertThat(chronicle.of("board1")).doesNotContain("Ann").contains("ready");
    }

    @Test
    void otherBackendsOfTheApplicationAreNone() {
        chronicle.remember(BackendEvent.of(BackendInfo.builder("b2").build(), BackendState.ready(NOON), false));

        assertThat(chronicle.of("lobby")).isEqualTo("[]");
    }
}
