package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpEventSourceContractTest extends SseEventSourceContract {
    @RegisterExtension
    final Sources sources = new Sources();

    @Override
    SseEventSource source(URI uri) {
        return sources.of(uri).build();
    }

    @Override
    String bodyOf(Throwable error) {
        assertThat(error).isInstanceOf(HandshakeException.class);
        return new String(((HandshakeException) error).body(), StandardCharsets.UTF_8);
    }

    @Override
    boolean isShared(Thread thread) {
        return thread.getName().startsWith("test-") || thread.getName().startsWith("HttpClient-");
    }
}
