package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.config.FollowMode;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.internal.config.SettingsReader;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class ClientFactoryTest {

    private final Map<String, Object> built = new LinkedHashMap<>();
    private final SettingValues values = new SettingValues();
    private final FakeJamsocket client = new FakeJamsocket();

    @Test
    void setsUpAClientByTheSettings() {
        ClientFactory factory = recording(Map.of("jamsocket.dev", "true", "jamsocket.service", "common"));

        assertThat(factory.create(null, Runnable::run, Hooks.NONE, builder -> {}))
                .isSameAs(client);
        assertThat(built).containsEntry("dev", 8080);
        assertThat(values.find(Setting.SERVICE)).isEqualTo("common");
    }

    @Test
    void setsUpANamedClientByItsOwnSettingsFirst() {
        ClientFactory factory = recording(Map.of(
                "jamsocket.dev", "true",
                "jamsocket.service", "common",
                "jamsocket.clients.docs.service", "documents"));

        factory.create("docs", Runnable::run, Hooks.NONE, builder -> {});

        assertThat(built).containsEntry("dev", 8080);
        assertThat(values.find(Setting.SERVICE)).isEqualTo("documents");
    }

    @Test
    void usesTheThreadsForTheApplication() {
        Executor executor = Runnable::run;

        recording(Map.of("jamsocket.dev", "true")).create(null, executor, Hooks.NONE, builder -> {});

        assertThat(built).containsEntry("executor", executor);
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> factory(Map.of("jamsocket.clients.docs.account", "acct"))
                        .create("docs", Runnable::run, Hooks.NONE, builder -> {}))
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("jamsocket.clients.docs.token");
    }

    @Test
    void followsUnlessToldNotTo() {
        assertThat(factory(Map.of()).ofInjected(null).get(Setting.FOLLOW)).isEqualTo(FollowMode.ALL);
        assertThat(factory(Map.of("jamsocket.follow", "false"))
                        .ofInjected("docs")
                        .get(Setting.FOLLOW))
                .isEqualTo(FollowMode.NONE);
        assertThat(factory(Map.of("jamsocket.follow", "false", "jamsocket.clients.docs.follow", "manual"))
                        .ofInjected("docs")
                        .get(Setting.FOLLOW))
                .isEqualTo(FollowMode.MANUAL);
    }

    @Test
    void namesEverySettingOfInjectedClientsThatIsWrong() {
        assertThat(factory(Map.of("jamsocket.follow", "maybe", "jamsocket.clients.docs.expiry-notice", "soon"))
                        .problems("docs", true))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("jamsocket.follow"),
                        problem -> assertThat(problem).contains("jamsocket.clients.docs.expiry-notice"));
    }

    @Test
    void readsTheSettingsOfThePlatform() {
        System.setProperty("jamsocket.clients.of-this-test.follow", "false");
        try {
            assertThat(new ClientFactory().ofInjected("of-this-test").get(Setting.FOLLOW))
                    .isEqualTo(FollowMode.NONE);
        } finally {
            System.clearProperty("jamsocket.clients.of-this-test.follow");
        }
    }

    private static ClientFactory factory(Map<String, String> settings) {
        return new ClientFactory() {
            @Override
            Settings settings() {
                return Settings.ofJvm(settings::get, Map.of());
            }
        };
    }

    /** Notes what the builder is told, and gives the fake client. */
    private ClientFactory recording(Map<String, String> settings) {
        return new ClientFactory() {
            @Override
            Settings settings() {
                return Settings.ofJvm(settings::get, Map.of());
            }

            @Override
            Jamsocket.Builder builder(Settings settings, Hooks hooks) {
                Jamsocket.Builder builder = (Jamsocket.Builder) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Jamsocket.Builder.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("build")) {
                                return client;
                            }
                            built.put(method.getName(), arguments[0]);
                            return proxy;
                        });
                assertThat(SettingsReader.read(settings, values, builder)).isEmpty();
                return builder;
            }
        };
    }
}
