package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.testkit.LogRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told when an application starts. */
class StartupCheckTest {

    private static Map<String, String> environment = Map.of();

    @AfterEach
    void leaveNothing() {
        environment = Map.of();
        Containers.lite = false;
    }

    @Test
    void saysWhatToWriteForAnObserverThatIsNeverCalled() {
        assertThat(warnings(Map.of(), Misled.class))
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning).contains(Misled.class.getName()))
                .anyMatch(warning -> warning.contains("write @FromClient(\"docs\")"))
                .anyMatch(warning -> warning.contains("write @FromClient(\"rooms\")"));
    }

    @Test
    void isSilentWithoutSettingsAndUse() {
        assertThat(warnings(Map.of())).isEmpty();
        Containers.lite = true;
        assertThat(warnings(Map.of(), UsesBoth.class)).isEmpty();
    }

    @Test
    void namesInOneWarningAllThatIsWrongWithTheClientsThatAreUsed() {
        Map<String, String> settings =
                Map.of("JAMSOCKET_ACCOUNT", "a", "JAMSOCKET_CLIENTS_DOCS_CONNECT_TIMEOUT", "soon");

        assertThat(warnings(settings, UsesBoth.class)).singleElement().satisfies(warning -> assertThat(warning)
                .contains("JAMSOCKET_TOKEN", "JAMSOCKET_SERVICE", "JAMSOCKET_CLIENTS_DOCS_CONNECT_TIMEOUT, or")
                .contains("JAMSOCKET_CLIENTS_DOCS_TOKEN")
                .doesNotContain("soon"));
    }

    @Test
    void isSilentWhereAllIsWell() {
        assertThat(warnings(Map.of("JAMSOCKET_DEV", "true"), UsesBoth.class)).isEmpty();
    }

    @Test
    void looksAtTheSettingsWhereItIsNotKnownWhatIsUsed() {
        Containers.lite = true;

        assertThat(warnings(Map.of("JAMSOCKET_ACCOUNT", "a"), UsesBoth.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("JAMSOCKET_TOKEN"));
    }

    @Test
    void missesNothingThatCodeMaySetUp() {
        Map<String, String> settings = Map.of("JAMSOCKET_ACCOUNT", "a", "JAMSOCKET_READ_TIMEOUT", "soon");

        assertThat(warnings(settings, Uses.class, InCode.class))
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning).contains("JAMSOCKET_READ_TIMEOUT").doesNotContain("TOKEN"));
    }

    @Test
    void saysNothingOfAClientOfTheApplicationsOwn() {
        assertThat(warnings(Map.of("JAMSOCKET_ACCOUNT", "a"), Uses.class, Own.class))
                .isEmpty();
    }

    @Test
    void saysNothingOfAClientWithAQualifierOfTheApplicationsOwn() {
        assertThat(warnings(Map.of("JAMSOCKET_ACCOUNT", "a"), UsesOwnQualifier.class, Qualified.class))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheSettingThatDecidesWhetherToFail() {
        assertThat(warnings(Map.of("JAMSOCKET_FAIL_FAST", "maybe"), Uses.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("JAMSOCKET-101", "JAMSOCKET_FAIL_FAST"));
    }

    @Test
    void leavesSettingsThatCannotBeReadYetToTheFirstUse() {
        assertThat(warnings(null, Uses.class)).isEmpty();
    }

    @Test
    void failsTheDeploymentOnDemand() {
        environment = Map.of("JAMSOCKET_ACCOUNT", "a", "JAMSOCKET_FAIL_FAST", "true");

        assertThatThrownBy(() -> start(Uses.class)).hasStackTraceContaining("JAMSOCKET_TOKEN");
    }

    @Test
    void failsTheDeploymentForWhatCodeDoesNotSetUpEither() {
        environment = Map.of("JAMSOCKET_FAIL_FAST", "true");
        assertThatThrownBy(() -> start(Uses.class, Other.class)).hasStackTraceContaining("JAMSOCKET_TOKEN");

        try (SeContainer container = start(Uses.class, InCode.class)) {
            assertThat(container.select(InCode.class).get().called()).isOne();
            container.select(Jamsocket.class).get().async();
            assertThat(container.select(InCode.class).get().called()).isOne();
        }
    }

    private static List<String> warnings(Map<String, String> settings, Class<?>... beans) {
        environment = settings;
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                SeContainer container = start(beans)) {
            assertThat(container.isRunning()).isTrue();
            return log.warnings().stream().map(LogRecord::getMessage).toList();
        }
    }

    private static SeContainer start(Class<?>... beans) {
        Class<?>[] all = java.util.Arrays.copyOf(beans, beans.length + 1);
        all[beans.length] = Environment.class;
        return Containers.start(all);
    }

    @Alternative
    @Priority(2)
    @ApplicationScoped
    static class Environment extends ClientFactory {
        @Override
        Settings settings() {
            if (environment == null) {
                throw new IllegalStateException("no configuration yet");
            }
            return Settings.ofEnvironment(environment);
        }

        @Override
        boolean hasUnusedDevServer() {
            return false;
        }
    }

    @ApplicationScoped
    static class Misled {
        void on(@Observes @JamsocketService("docs") BackendState state) {}

        void on(@Observes @JamsocketService("rooms") Jamsocket.Builder builder) {}

        void on(@Observes BackendEvent event) {}
    }

    @ApplicationScoped
    static class Uses {
        @Inject
        Jamsocket client;
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Mine {}

    @ApplicationScoped
    static class UsesOwnQualifier {
        @Inject
        @Mine
        Jamsocket client;
    }

    @ApplicationScoped
    static class Qualified {
        @Produces
        @Mine
        @ApplicationScoped
        Jamsocket own() {
            return new FakeJamsocket();
        }
    }

    @ApplicationScoped
    static class UsesBoth {
        @Inject
        Jamsocket client;

        @Inject
        @JamsocketService("docs")
        Jamsocket docs;
    }

    @ApplicationScoped
    static class InCode {
        private int called;

        void on(@Observes Jamsocket.Builder builder) {
            called++;
            builder.dev(8080);
        }

        int called() {
            return called;
        }
    }

    @ApplicationScoped
    static class Other {
        void on(@Observes Jamsocket.Builder builder) {
            builder.account("a");
        }
    }

    @Alternative
    @Priority(3)
    @ApplicationScoped
    static class Own {
        @Produces
        @ApplicationScoped
        Jamsocket own() {
            return new FakeJamsocket();
        }
    }
}
