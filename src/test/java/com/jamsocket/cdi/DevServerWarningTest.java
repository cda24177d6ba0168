package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.testkit.LogRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What is said of a development server at the start of an application. */
class DevServerWarningTest {

    @Test
    void aServerThatNoSettingAsksForIsWarnedOfOnceAtTheStart() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                var container = Containers.start(WithUnusedServer.class)) {
            assertThat(container.isRunning()).isTrue();
            Containers.named(container, "rooms").connect();
            assertThat(log.warnings())
                    .singleElement()
                    .extracting(LogRecord::getMessage)
                    .asString()
                    .contains("\"dev\"");
        }
    }

    @Test
    void nothingIsSaidWhereCodeMayHaveChosenIt() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                var container = Containers.start(WithUnusedServer.class, InCode.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void nothingIsSaidWhereCodeMayHaveChosenItForANamedClientThatIsUsed() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                var container = Containers.start(WithUnusedServer.class, UsesDocs.class, DocsInCode.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(log.warnings()).isEmpty();
        }
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                var container = Containers.start(WithUnusedServer.class, DocsInCode.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(log.warnings()).as("nobody uses that client").hasSize(1);
        }
    }

    @Test
    void theStartDoesNotFailWithSettingsThatCannotBeRead() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                var container = Containers.start(WithUnreadableSettings.class)) {
            assertThat(container.isRunning()).isTrue();
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Alternative
    @Priority(2)
    @ApplicationScoped
    static class WithUnusedServer extends FakeClients {
        @Override
        boolean hasUnusedDevServer() {
            return true;
        }
    }

    @ApplicationScoped
    static class InCode {
        void setUp(@Observes Jamsocket.Builder client) {
            client.dev(8080);
        }
    }

    @ApplicationScoped
    static class UsesDocs {
        @Inject
        @JamsocketService("docs")
        Jamsocket docs;
    }

    @ApplicationScoped
    static class DocsInCode {
        void setUp(@Observes @FromClient("docs") Jamsocket.Builder client) {
            client.dev(8080);
        }
    }

    @Alternative
    @Priority(2)
    @ApplicationScoped
    static class WithUnreadableSettings extends FakeClients {
        @Override
        boolean hasUnusedDevServer() {
            throw new IllegalStateException("no configuration yet");
        }
    }
}
