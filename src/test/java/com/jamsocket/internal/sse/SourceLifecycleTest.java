package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceLifecycleTest {
    @RegisterExtension
    final Sources sources = new Sources();

    private final Consumers consumers = new Consumers();
    private final Recorder recorder = new Recorder();

    /** The window between the decoder and the consumer, which no server can hit at will. */
    @Test
    void dropsAnEventThatWasDecodedJustBeforeItWasClosed() {
        SourceLifecycle lifecycle = lifecycle();
        recorder.on(consumers);
        lifecycle.open();
        lifecycle.received(new ReceivedEvent(null, null, "before", null));
        lifecycle.close();
        lifecycle.received(new ReceivedEvent(null, null, "after", null));
        assertThat(lifecycle.awaitEnd(5, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.calls()).containsExactly("before", "complete");
    }

    @Test
    void ignoresTheOutcomeOfAConnectionThatIsNotThePresentOne() {
        SourceLifecycle lifecycle = lifecycle();
        Connection stranger = new Connection(options(), null, null, "", null, lifecycle);
        lifecycle.ended(stranger, new Outcome.Over());
        lifecycle.open();
        lifecycle.ended(stranger, new Outcome.Over());
        assertThat(lifecycle.isOpen()).isTrue();
        lifecycle.close();
    }

    @Test
    void hasNothingToReconnectBeforeItIsOpened() {
        SourceLifecycle lifecycle = lifecycle();
        lifecycle.reconnect(new IllegalStateException("any"));
        assertThat(lifecycle.isOpen()).isFalse();
    }

    private SourceLifecycle lifecycle() {
        return new SourceLifecycle(options(), consumers);
    }

    private SourceOptions options() {
        return new SourceOptions(
                new Handshake(sources.client.target(URI.create("http://127.0.0.1:1/"))),
                sources.httpClient,
                sources.executor,
                sources.executor,
                sources.ticker,
                sources.backoff,
                Duration.ofSeconds(1),
                100,
                "",
                answer -> null,
                (attempt, delay, cause) -> {},
                Admission.FREE);
    }
}
