package com.jamsocket.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.DevBackend;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.dev.VirtualTime;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a test is given, and what it may say of it. */
@JamsocketTest
class JamsocketTestTest {

    private static final ConnectRequest DOC =
            ConnectRequest.builder().key("doc/42").build();

    private JamsocketDevServer server;
    private Jamsocket jamsocket;
    private VirtualTime time;

    @Inject
    private Jamsocket ofContainer;

    private static JamsocketDevServer ofClass;
    private final JamsocketDevServer constant = null;

    @BeforeEach
    void parametersAreThoseOfTheFields(JamsocketDevServer given, Jamsocket client) {
        assertThat(given).isSameAs(server);
        assertThat(client).isSameAs(jamsocket);
        assertThat(ofContainer).isNull();
    }

    @Test
    void backendsAreSteeredByTheirKeys(VirtualTime moved) {
        assertThat(moved.now()).isEqualTo(time.now());
        jamsocket.connect(DOC);
        server.backendOfKey("doc/42").advanceTo(BackendStatus.READY);

        JamsocketAssertions.assertThat(server)
                .hasSpawned(1)
                .hasAnswered(1, "POST", "/v2/.*/connect")
                .backendOfKey("doc/42")
                .isAt(BackendStatus.READY);
        JamsocketAssertions.assertThat(server.backendOfKey("doc/42"))
                .hasBeenAt(
                        BackendStatus.SCHEDULED,
                        BackendStatus.LOADING,
                        BackendStatus.STARTING,
                        BackendStatus.WAITING,
                        BackendStatus.READY);
    }

    @Test
    void anAssertionThatFailsTellsWhatWasThere() {
        jamsocket.connect(DOC);

        assertThatThrownBy(() -> JamsocketAssertions.assertThat(server).hasSpawned(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 2 backends spawned, not 1")
                .hasMessageContaining("key doc/42")
                .hasMessageContaining("+PT0S scheduled")
                .hasMessageContaining(" POST /v2/");
        assertThatThrownBy(() -> JamsocketAssertions.assertThat(server).backendOfKey("doc/43"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no backend holds the key \"doc/43\"");
        assertThatThrownBy(() -> JamsocketAssertions.assertThat(server.backendOfKey("doc/42"))
                        .hasEnded())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("TERMINATED, not at SCHEDULED");
    }

    @Test
    void anAssertionOfRequestsTellsOfThem() {
        assertThatThrownBy(() -> JamsocketAssertions.assertThat(server).hasAnswered(1, "POST", ".*"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 1 requests POST .*, not 0")
                .hasMessageContaining("No backend was started.")
                .hasMessageContaining("No request was answered.");
        jamsocket.connect(ConnectRequest.builder().build());
        assertThatThrownBy(() -> JamsocketAssertions.assertThat(server).hasAnswered(1, "GET", ".*"))
                .hasMessageContaining("not 0")
                .hasMessageNotContaining(", key ");
        JamsocketAssertions.assertThat(server).hasAnswered(0, "POST", "/v2/").hasAnswered(1, "POST", "/v2/.*");
    }

    @Test
    void anAssertionOfAnEndTellsTheOther() {
        jamsocket.connect(DOC);
        DevBackend backend = server.backendOfKey("doc/42");
        jamsocket.terminate(backend.id(), TerminationKind.SOFT);
        backend.advanceTo(BackendStatus.TERMINATED);

        BackendAssert ended = JamsocketAssertions.assertThat(backend).hasEndedBecause(TerminationReason.EXTERNAL);
        assertThatThrownBy(() -> ended.hasEndedBecause(TerminationReason.SWEPT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("one that ended because SWEPT, not EXTERNAL");
        assertThatThrownBy(() -> ended.hasExitedWith(0)).hasMessageContaining("one that exited with 0, not with null");
    }

    @Test
    void fieldsThatAreNotOfOneTestAreLeftAlone() {
        assertThat(ofClass).isNull();
        assertThat(constant).isNull();
    }

    @Test
    @InjectFault(value = Fault.Kind.ANSWER, on = Fault.Endpoint.CONNECT, retryAfterSeconds = 2)
    void faultsAreInjectedByAnnotation() {
        Instant start = time.now();
        try (VirtualTime.AutoAdvance passing = time.autoAdvance()) {
            jamsocket.connect(DOC);
        }
        JamsocketAssertions.assertThat(server).hasAnswered(2, "POST", "/v2/.*/connect");
        assertThat(Duration.between(start, time.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void injectedClientsAreOfThisServer() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addExtensions(InjectedClients.of(server))
                .initialize()) {
            String id = container.select(Jamsocket.class).get().connect(DOC).backendId();
            time.advance(Duration.ofSeconds(1));

            JamsocketAssertions.assertThat(server.backend(id)).isAt(BackendStatus.READY);
        }
    }

    /** Sets up the server of the class below. */
    static final class ByHand implements ServerSetup {
        @Override
        public void setUp(JamsocketDevServer.Builder builder) {
            builder.lifecycle(Lifecycle.manual());
        }
    }

    @Nested
    @JamsocketTest(plane = true, virtualTime = false, setup = ByHand.class)
    class Inside {

        @Test
        void theAnnotationNearestToTheTestHolds(Jamsocket client, JamsocketDevServer inner) {
            client.connect(DOC);
            JamsocketAssertions.assertThat(inner).hasAnswered(1, "POST", "/ctrl/.*connect");
            assertThatThrownBy(inner::time).isInstanceOf(IllegalStateException.class);
        }

        @Test
        @JamsocketTest
        void evenThatOfAMethod(JamsocketDevServer inner) {
            assertThat(inner.time()).isNotNull();
        }
    }
}
