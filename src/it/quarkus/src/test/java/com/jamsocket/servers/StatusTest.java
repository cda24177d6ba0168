package com.jamsocket.servers;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.testkit.Http;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of the status resource on Quarkus. */
@QuarkusTest
class StatusTest implements StatusContract {

    private static JamsocketDevServer backends;

    @TestHTTPResource("/api/watched/")
    URI statuses;

    @Inject
    Jamsocket jamsocket;

    @BeforeAll
    static void startBackends() {
        backends = JamsocketDevServer.builder()
                .port(Integer.getInteger("dev.port"))
                .lifecycle(Lifecycle.manual())
                .start();
    }

    @AfterAll
    static void stopBackends() {
        backends.close();
    }

    @Override
    public URI statuses() {
        return statuses;
    }

    @Override
    public JamsocketDevServer server() {
        return backends;
    }

    /** By a stranger: what the application connects to, it follows. */
    @Override
    public String spawn() {
        return Http.of(backends).spawn();
    }

    @Override
    public int sharedStreams() {
        return ((SharedStreams.Owner) jamsocket.async()).sharedStreams().size();
    }
}
