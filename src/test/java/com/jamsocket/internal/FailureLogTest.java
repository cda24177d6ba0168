package com.jamsocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.testkit.LogRecorder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private static final String NAME = "com.jamsocket.test";

    private final FailureLog failures = new FailureLog(System.getLogger(NAME), Level.WARNING);

    @Test
    void showsTheFirstOfAKindAndTheirNumberAtTheEnd() {
        try (LogRecorder log = new LogRecorder(NAME)) {
            assertThat(failures.log("a", "A failed", new IOException("1"))).isTrue();
            assertThat(failures.log("a", "A failed", new IOException("2"))).isFalse();
            assertThat(failures.log("b", "B failed", new IOException("3"))).isTrue();
            failures.end();
            failures.end();

            assertThat(lines(log)).containsExactly("A failed", "B failed", "A failed; 2 failures like this in all");
            assertThat(log.warnings().get(0).getThrown()).hasMessage("1");
        }
    }

    @Test
    void afterAnEndTheNextIsTheFirst() {
        try (LogRecorder log = new LogRecorder(NAME)) {
            failures.log("a", "A failed", new IOException("1"));
            failures.end();
            assertThat(failures.log("a", "A failed", new IOException("2"))).isTrue();

            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void showsStackTracesOfOthersOnlyToThoseWhoDebug() {
        try (LogRecorder log = new LogRecorder(NAME, java.util.logging.Level.ALL)) {
            failures.logBriefly("a", "A is {gone}", new IOException("cut"));
            failures.logBriefly("a", "A is {gone}", new IOException("cut again"));

            assertThat(lines(log)).containsExactly("A is {gone}: java.io.IOException: cut");
            assertThat(log.warnings().get(0).getThrown()).isNull();
            assertThat(log.texts()).hasSize(3).anyMatch(text -> text.contains("cut again"));
        }
    }

    private static List<String> lines(LogRecorder log) {
        return log.warnings().stream().map(LogRecord::getMessage).toList();
    }
}
