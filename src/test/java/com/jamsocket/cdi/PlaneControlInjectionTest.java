package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlaneControlInjectionTest {

    private static final Map<String, String> ENV = new HashMap<>();

    @AfterEach
    void forget() {
        ENV.clear();
    }

    @Test
    void hasTheSettingsOfTheClientAndIsClosedWithTheContainer() {
        try (JamsocketDevServer server = JamsocketDevServer.start()) {
            ENV.put("JAMSOCKET_PLANE_URL", server.url().toString());
            SeContainer container = start();

            eventually("healthy", container.select(Operator.class).get().control::isHealthy);
            PlaneControl made = SetClientFactory.made;
            eventually("healthy", made::isHealthy);

            container.close();
            assertThatThrownBy(made::isHealthy).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void isMadeWhenItIsFirstUsed() {
        try (SeContainer container = start()) {
            PlaneControl control = container.select(Operator.class).get().control;

            assertThatThrownBy(control::status)
                    .isInstanceOf(JamsocketConfigurationException.class)
                    .hasMessageContaining("no Plane cluster: set JAMSOCKET_PLANE_URL");
        }
    }

    private static SeContainer start() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Clients.class, SetClientFactory.class, JamsocketProducer.class, Operator.class)
                .initialize();
    }

    @Dependent
    static class Operator {
        @Inject
        PlaneControl control;
    }

    @Dependent
    static class SetClientFactory extends ClientFactory {
        static PlaneControl made;

        @Override
        PlaneControl createPlaneControl(Consumer<Jamsocket.Builder> code) {
            made = super.createPlaneControl(code);
            return made;
        }

        @Override
        Settings settings() {
            return Settings.ofEnvironment(ENV);
        }
    }
}
