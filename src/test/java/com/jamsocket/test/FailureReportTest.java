package com.jamsocket.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is printed of a server whose test fails. */
class FailureReportTest {

    @ParameterizedTest
    @ValueSource(classes = {FailsBefore.class, Fails.class, FailsAfter.class})
    void saysWhatHasHappenedWhereverATestFails(Class<?> test) {
        assertThat(printed(test))
                .containsOnlyOnce(" failed.\n")
                .contains("key doc/42")
                .contains(" POST /v2/");
    }

    @ParameterizedTest
    @ValueSource(classes = {Passes.class, IsAborted.class})
    void nothingIsPrintedOfATestThatDoesNotFail(Class<?> test) {
        assertThat(printed(test)).isEmpty();
    }

    /** Runs a class of tests, and gives what they print to the standard error stream. */
    private static String printed(Class<?> test) {
        List<String> printed = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(test))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter(LauncherConstants.CAPTURE_STDERR_PROPERTY_NAME, "true")
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void reportingEntryPublished(TestIdentifier identifier, ReportEntry entry) {
                                printed.addAll(entry.getKeyValuePairs().values());
                            }
                        });
        return String.join("", printed);
    }

    private static void connect(Jamsocket jamsocket) {
        jamsocket.connect(ConnectRequest.builder().key("doc/42").build());
    }

    @JamsocketTest
    static class FailsBefore {

        @BeforeEach
        void fail(Jamsocket jamsocket) {
            connect(jamsocket);
            throw new AssertionError("before");
        }

        @Test
        void room() {}
    }

    @JamsocketTest
    static class Fails {

        @Test
        void room(Jamsocket jamsocket) {
            connect(jamsocket);
            throw new AssertionError("in the test");
        }
    }

    @JamsocketTest
    static class FailsAfter {

        @Test
        void room(Jamsocket jamsocket) {
            connect(jamsocket);
        }

        @AfterEach
        void fail() {
            throw new AssertionError("after");
        }
    }

    @JamsocketTest
    static class Passes {

        @Test
        void room(Jamsocket jamsocket) {
            connect(jamsocket);
        }
    }

    @JamsocketTest
    static class IsAborted {

        @Test
        void room(Jamsocket jamsocket) {
            connect(jamsocket);
            Assumptions.abort();
        }
    }
}
