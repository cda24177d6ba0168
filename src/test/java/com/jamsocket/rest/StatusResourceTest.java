package com.jamsocket.rest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What a status resource needs of its client. */
class StatusResourceTest {

    @Test
    void streamsComeFromAClientOfThisLibraryAlone() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = Jamsocket.builder().dev(server.port()).build()) {
            var foreign = Proxy.newProxyInstance(
                    StatusResourceTest.class.getClassLoader(),
                    new Class<?>[] {com.jamsocket.JamsocketAsync.class},
                    (proxy, method, arguments) -> method.invoke(client.async(), arguments));
            Jamsocket other = (Jamsocket) Proxy.newProxyInstance(
                    StatusResourceTest.class.getClassLoader(),
                    new Class<?>[] {Jamsocket.class},
                    (proxy, method, arguments) -> foreign);

            assertThatThrownBy(() -> new Statuses(other).statusStream("b1", null, null, null, null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("from a Jamsocket of this library");
        }
    }

    @Test
    void theConstructorForProxiesMakesNothingThatCanBeUsed() {
        assertThatThrownBy(() -> new Statuses().statusStream("b1", null, null, null, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("proxies of CDI");
    }

    private static final class Statuses extends StatusResource {
        Statuses() {}

        Statuses(Jamsocket jamsocket) {
            super(jamsocket);
        }

        @Override
        protected boolean mayWatch(String backendId, SecurityContext caller) {
            return true;
        }
    }
}
