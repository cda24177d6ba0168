package com.jamsocket.servers;

import static com.jamsocket.test.JamsocketAssertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.test.JamsocketTest;
import jakarta.inject.Inject;
import java.io.File;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where Arquillian runs the container in this JVM, the injected client is in the time of the test, too. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "weld",
        disabledReason = "the container is in another JVM")
@JamsocketTest(setup = ApplicationTestIT.OfTheSettings.class)
class WeldTestIT {

    @Inject
    Jamsocket injected;

    private JamsocketDevServer server;

    @Deployment
    static JavaArchive beans() {
        return ShrinkWrap.createFromZipFile(JavaArchive.class, new File(System.getProperty("jar")));
    }

    @Test
    void anHourOfAnInjectedClientIsThatOfTheTest() {
        injected.connect(ConnectRequest.builder().key("doc/42").build());
        injected.statusStream(server.backendOfKey("doc/42").id(), state -> {});

        server.time().advance(Duration.ofHours(1));

        assertThat(server.backend(server.backends().get(0).id())).hasEndedBecause(TerminationReason.SWEPT);
    }
}
