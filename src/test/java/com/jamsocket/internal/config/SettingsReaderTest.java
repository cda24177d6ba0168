package com.jamsocket.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private final RecordingBuilder builder = new RecordingBuilder();
    private final SettingValues values = new SettingValues();

    @Test
    void readsTheVariablesOfTheJavaScriptSdk() {
        read(Map.of(
                "JAMSOCKET_ACCOUNT", "acct",
                "JAMSOCKET_TOKEN", "tok",
                "JAMSOCKET_SERVICE", "svc",
                "JAMSOCKET_API_URL", "https://api.example/base"));

        assertThat(values.find(Setting.ACCOUNT)).isEqualTo("acct");
        assertThat(values.find(Setting.SERVICE)).isEqualTo("svc");
        assertThat(builder.calls)
                .containsEntry("token", "tok")
                .containsEntry("apiUrl", URI.create("https://api.example/base"))
                .doesNotContainKeys("dev", "embedded", "plane");
    }

    @Test
    void namesEveryMissingVariableAtOnce() {
        problems(Map.of("JAMSOCKET_API_URL", "https://api.example"))
                .anyMatch(problem -> problem.contains("JAMSOCKET_ACCOUNT"))
                .anyMatch(problem -> problem.contains("JAMSOCKET_TOKEN"))
                .anyMatch(problem -> problem.contains("JAMSOCKET_SERVICE"))
                .hasSize(3);
        problems(Map.of("JAMSOCKET_ACCOUNT", "acme")).hasSize(2);
    }

    @Test
    void showsWhoHasSetNothingTheWaysToAServer() {
        problems(Map.of())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith(
                        "it is not said which server is meant. To try one inside this JVM, set JAMSOCKET_DEV=embedded")
                .contains("JAMSOCKET_PLANE_URL and JAMSOCKET_PLANE_IMAGE")
                .contains("JAMSOCKET_ACCOUNT, JAMSOCKET_TOKEN and JAMSOCKET_SERVICE");
    }

    @Test
    void namesWrongVariablesTogetherWithMissingOnes() {
        problems(Map.of("JAMSOCKET_ACCOUNT", " ", "JAMSOCKET_API_URL", "ftp://x", "JAMSOCKET_READ_TIMEOUT", "soon"))
                .anyMatch(problem -> problem.startsWith("no account: set JAMSOCKET_ACCOUNT"))
                .anyMatch(problem -> problem.startsWith("JAMSOCKET_API_URL must be"))
                .anyMatch(problem -> problem.startsWith("JAMSOCKET_READ_TIMEOUT must be"))
                .anyMatch(problem -> problem.contains("JAMSOCKET_TOKEN"))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99x", "0", "70000", "-3", "8080.9", "tcp://10.0.0.1:80"})
    void refusesAPortThatIsNone(String port) {
        problems(Map.of("JAMSOCKET_DEV", "true", "JAMSOCKET_DEV_PORT", port))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_DEV_PORT");
    }

    @ParameterizedTest
    @CsvSource({"true,8080", "TRUE,8080", "True,8080"})
    void takesTheDevelopmentServerOnItsUsualPort(String dev, int port) {
        read(Map.of("JAMSOCKET_DEV", dev));

        assertThat(builder.calls).containsEntry("dev", port);
    }

    @Test
    void takesAnotherPortForTheDevelopmentServer() {
        read(Map.of("JAMSOCKET_DEV", "true", "JAMSOCKET_DEV_PORT", "9999"));

        assertThat(builder.calls).containsEntry("dev", 9999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "Embedded"})
    void startsTheEmbeddedServer(String dev) {
        read(Map.of("JAMSOCKET_DEV", dev));

        assertThat(builder.calls).containsKey("embedded");
    }

    @Test
    void tellsTheEmbeddedServerWhatToStartAndToWatch() {
        read(Map.of(
                "JAMSOCKET_DEV", "embedded",
                "JAMSOCKET_DEV_COMMAND", " node 'a b.js' ",
                "JAMSOCKET_DEV_WATCH", "src, package.json,"));

        assertThat(values.find(Setting.DEV_COMMAND)).isEqualTo("node 'a b.js'");
        assertThat(values.get(Setting.DEV_WATCH)).containsExactly(Path.of("src"), Path.of("package.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "treu"})
    void refusesAnotherWordForDevAndDoesNotGuessWhatElseIsMissing(String dev) {
        problems(Map.of("JAMSOCKET_DEV", dev)).containsExactly("JAMSOCKET_DEV must be true, false or embedded");
    }

    @Test
    void noDevelopmentServerLeavesTheOthers() {
        read(Map.of("JAMSOCKET_DEV", "false", "JAMSOCKET_PLANE_URL", "http://localhost:8080/base"));

        assertThat(builder.calls).containsKey("plane").doesNotContainKeys("dev", "embedded");
    }

    @Test
    void readsAllOfPlane() {
        read(Map.of(
                "JAMSOCKET_PLANE_URL", "http://plane:8080",
                "JAMSOCKET_PLANE_IMAGE", "x/y",
                "JAMSOCKET_PLANE_PULL_POLICY", "always",
                "JAMSOCKET_PLANE_CLUSTER", "c:9090",
                "JAMSOCKET_PLANE_POOL", "big",
                "JAMSOCKET_PLANE_NAMESPACE", "ns",
                "JAMSOCKET_PLANE_MAX_IDLE_SECONDS", "60",
                "JAMSOCKET_PLANE_REGISTRY_USERNAME", "u",
                "JAMSOCKET_PLANE_REGISTRY_PASSWORD", "p",
                "JAMSOCKET_TOKEN", "tok"));

        PlaneSettings plane = (PlaneSettings) builder.calls.get("plane");
        assertThat(plane.controller()).isEqualTo(URI.create("http://plane:8080"));
        assertThat(plane.image()).isEqualTo("x/y");
        assertThat(plane.pullPolicy()).isEqualTo(PlaneSettings.PullPolicy.ALWAYS);
        assertThat(plane.cluster()).isEqualTo("c:9090");
        assertThat(plane.pool()).isEqualTo("big");
        assertThat(plane.namespace()).isEqualTo("ns");
        assertThat(plane.maxIdle()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plane.registry()).isEqualTo(new PlaneSettings.Credentials("u", "p"));
        assertThat(builder.calls).containsEntry("token", "tok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAMSOCKET_PLANE_REGISTRY_USERNAME", "JAMSOCKET_PLANE_REGISTRY_PASSWORD"})
    void wantsBothHalvesOfRegistryCredentials(String half) {
        problems(Map.of("JAMSOCKET_PLANE_URL", "http://plane", half, "hush"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("go together")
                .doesNotContain("hush");
    }

    @Test
    void readsTimesAndLimits() {
        read(Map.of(
                "JAMSOCKET_DEV", "embedded",
                "JAMSOCKET_CONNECT_TIMEOUT", "PT2.5S",
                "JAMSOCKET_READ_TIMEOUT", "20",
                "JAMSOCKET_RECONNECT_MAX_ATTEMPTS", "7",
                "JAMSOCKET_RECONNECT_MAX_TIME", "PT10M",
                "JAMSOCKET_SILENCE_LIMIT", "PT1M",
                "JAMSOCKET_STATUS_CHECK_INTERVAL", "PT2M",
                "JAMSOCKET_MAX_WATCHED_BACKENDS", "50"));

        assertThat(values.get(Setting.CONNECT_TIMEOUT)).isEqualTo(Duration.ofMillis(2500));
        assertThat(values.get(Setting.READ_TIMEOUT)).isEqualTo(Duration.ofSeconds(20));
        assertThat(values.get(Setting.SILENCE_LIMIT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(values.get(Setting.STATUS_CHECK_INTERVAL)).isEqualTo(Duration.ofMinutes(2));
        assertThat(values.get(Setting.MAX_WATCHED_BACKENDS)).isEqualTo(50);
        assertThat(values.get(Setting.STREAM_OPENINGS)).isEqualTo(256);
        assertThat(builder.calls)
                .containsEntry(
                        "reconnectPolicy",
                        ReconnectPolicy.ofDefaults().withMaxAttempts(7).withMaxTime(Duration.ofMinutes(10)));
    }

    @Test
    void readsHeadersLineByLine() {
        read(Map.of("JAMSOCKET_DEV", "embedded", "JAMSOCKET_HEADERS", "X-One: a:b\n\n X-Two :c"));

        assertThat(builder.calls).containsEntry("header X-One", "a:b").containsEntry("header X-Two", "c");
    }

    @Test
    void doesNotRepeatAHeaderThatIsNone() {
        problems(Map.of("JAMSOCKET_DEV", "embedded", "JAMSOCKET_HEADERS", "secret"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://tok@host/", "https://host/?q", "host:80", "https:///x", "https://host/#f", "http://a b"
            })
    void refusesAnAddressThatIsNone(String address) {
        problems(Map.of("JAMSOCKET_PLANE_URL", address))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("JAMSOCKET_PLANE_URL").doesNotContain("tok@"));
    }

    @Test
    void aNamedClientSharesWhatItDoesNotSet() {
        Settings settings = readNamed(Map.of(
                "JAMSOCKET_DEV", "embedded",
                "JAMSOCKET_SERVICE", "a",
                "JAMSOCKET_CLIENTS_ROOMS_SERVICE", "b",
                "JAMSOCKET_READ_TIMEOUT", "20",
                "JAMSOCKET_CLIENTS_ROOMS_READ_TIMEOUT", ""));

        assertThat(builder.calls).containsKey("embedded");
        assertThat(values.find(Setting.SERVICE)).isEqualTo("b");
        assertThat(values.get(Setting.READ_TIMEOUT)).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.places("jamsocket.token")).contains("JAMSOCKET_CLIENTS_ROOMS_TOKEN", "JAMSOCKET_TOKEN");
    }

    @Test
    void aServerOfItsOwnTakesThePlaceOfTheCommonOne() {
        readNamed(Map.of(
                "JAMSOCKET_DEV", "true",
                "JAMSOCKET_DEV_PORT", "tcp://10.0.0.1:80",
                "JAMSOCKET_CLIENTS_ROOMS_PLANE_URL", "http://plane",
                "JAMSOCKET_PLANE_IMAGE", "common/image"));

        assertThat(builder.calls).doesNotContainKeys("dev", "embedded", "apiUrl");
        assertThat((PlaneSettings) builder.calls.get("plane"))
                .returns(URI.create("http://plane"), PlaneSettings::controller)
                .returns("common/image", PlaneSettings::image);
    }

    @Test
    void aClientWithoutTheCommonDevelopmentServerHasTheNextOne() {
        readNamed(Map.of(
                "JAMSOCKET_DEV", "true",
                "JAMSOCKET_CLIENTS_ROOMS_DEV", "false",
                "JAMSOCKET_PLANE_URL", "http://plane"));

        assertThat(builder.calls).containsKey("plane").doesNotContainKeys("dev", "embedded", "apiUrl");
    }

    @Test
    void twoServersOfItsOwnAreTold() {
        readNamed(Map.of(
                "JAMSOCKET_CLIENTS_ROOMS_DEV", "embedded",
                "JAMSOCKET_CLIENTS_ROOMS_API_URL", "http://api"));

        assertThat(builder.calls).containsKeys("embedded", "apiUrl");
    }

    @Test
    void systemPropertiesComeBeforeTheEnvironment() {
        Map<String, String> properties = Map.of("jamsocket.service", "property");
        Settings settings = Settings.ofJvm(
                properties::get, Map.of("JAMSOCKET_SERVICE", "variable", "JAMSOCKET_ACCOUNT", "variable"));

        assertThat(settings.get("jamsocket.service")).isEqualTo("property");
        assertThat(settings.get("jamsocket.account")).isEqualTo("variable");
        assertThat(settings.places("jamsocket.token")).contains("jamsocket.token", "JAMSOCKET_TOKEN");
    }

    @Test
    void anEmptySystemPropertyHidesTheVariable() {
        Map<String, String> properties = Map.of("jamsocket.plane-url", "");

        assertThat(Settings.ofJvm(properties::get, Map.of("JAMSOCKET_PLANE_URL", "http://plane"))
                        .get("jamsocket.plane-url"))
                .isNull();
    }

    @Test
    void withoutAnImplementationOfMicroProfileConfigThePlatformIsTheJvm() {
        System.setProperty("jamsocket.account", "from the JVM");
        try {
            assertThat(Settings.ofPlatform().get("jamsocket.account")).isEqualTo("from the JVM");
        } finally {
            System.clearProperty("jamsocket.account");
        }
    }

    @ParameterizedTest
    @CsvSource({"true,ALL", "FALSE,NONE", "Manual,MANUAL", ",ALL", "' ',ALL"})
    void followsUnlessToldNotTo(String setting, FollowMode follow) {
        Map<String, String> env = setting == null ? Map.of() : Map.of("JAMSOCKET_FOLLOW", setting);

        assertThat(follow(env)).isEqualTo(follow);
    }

    @Test
    void refusesAnotherWordForFollow() {
        assertThatThrownBy(() -> follow(Map.of("JAMSOCKET_FOLLOW", "maybe")))
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("JAMSOCKET_FOLLOW must be true, false or manual");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "PT-5S", "soon"})
    void refusesAnExpiryNoticeThatIsNoPositiveDuration(String notice) {
        Settings settings = Settings.ofEnvironment(Map.of("JAMSOCKET_EXPIRY_NOTICE", notice));

        assertThatThrownBy(() -> SettingsReader.value(settings, Setting.EXPIRY_NOTICE))
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("JAMSOCKET_EXPIRY_NOTICE must be a positive duration");
    }

    private static FollowMode follow(Map<String, String> env) {
        return SettingsReader.value(Settings.ofEnvironment(env), Setting.FOLLOW);
    }

    private void read(Map<String, String> env) {
        assertThat(SettingsReader.read(Settings.ofEnvironment(env), values, builder.builder()))
                .isEmpty();
    }

    private Settings readNamed(Map<String, String> env) {
        Settings settings = Settings.ofEnvironment(env).forClient("rooms");
        assertThat(SettingsReader.read(settings, values, builder.builder())).isEmpty();
        return settings;
    }

    private static ListAssert<String> problems(Map<String, String> env) {
        return assertThat(catchThrowableOfType(JamsocketConfigurationException.class, () -> Jamsocket.fromEnv(env))
                .problems());
    }
}
