package com.jamsocket.contract;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client promises, whatever kind of server it talks to and whichever Jakarta REST implementation it finds. The
 * subclasses hold the promises, by subject.
 */
@Tag("contract")
@Timeout(90)
@ParameterizedClass(name = "{0}")
@EnumSource(Dialect.class)
abstract class ClientContract {

    static final Duration LONG = Duration.ofSeconds(30);

    @Parameter
    Dialect dialect;

    JamsocketDevServer server;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void isOnTheImplementationThatIsMeant() {
        RestImplementation.present();
    }

    @BeforeEach
    void startServer() {
        server = started(Lifecycle.timed(Duration.ofMillis(10)));
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** Uses a server whose backends move by hand. */
    void useServerByHand() {
        server = started(Lifecycle.manual());
    }

    private JamsocketDevServer started(Lifecycle lifecycle) {
        return closing(JamsocketDevServer.builder()
                .lifecycle(lifecycle)
                .token(Dialect.TOKEN)
                .start());
    }

    Jamsocket client() {
        return client(settings(server.url()));
    }

    Jamsocket client(Jamsocket.Builder settings) {
        return closing(settings.build());
    }

    /** Settings which lose no time. */
    Jamsocket.Builder settings(URI address) {
        return dialect.client(address);
    }

    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }
}
