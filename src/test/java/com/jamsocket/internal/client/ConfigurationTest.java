package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.TerminationKind;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is made from, by the builder and by settings alike: what is used, and what is refused. */
class ConfigurationTest {

    private static final Map<String, String> API =
            Map.of("JAMSOCKET_ACCOUNT", "acme", "JAMSOCKET_TOKEN", "tok", "JAMSOCKET_SERVICE", "docs");

    @Test
    void aBuilderThatIsToldTwoServersNamesBoth() {
        URI address = URI.create("http://hush.example");
        problems(Jamsocket.builder().dev(8080).plane(address))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("dev(…)", "plane(…)");
        problems(Jamsocket.builder().embedded().dev(8080))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("dev(…)", "embedded()");
        problems(Jamsocket.builder().embedded().apiUrl(address))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("embedded()", "apiUrl(…)")
                .doesNotContain("hush");
    }

    @Test
    void theSameServerToldTwiceIsTheLastOne() {
        accept(Jamsocket.builder().dev(0).dev(8080));
    }

    @ParameterizedTest
    @CsvSource({
        "JAMSOCKET_DEV, true, JAMSOCKET_PLANE_URL, http://hush.example",
        "JAMSOCKET_DEV, embedded, JAMSOCKET_API_URL, http://hush.example",
        "JAMSOCKET_API_URL, http://hush.example, JAMSOCKET_PLANE_URL, http://hush.example"
    })
    void settingsThatNameTwoServersAreRefusedByName(String one, String value, String other, String otherValue) {
        problems(with(API, one, value, other, otherValue))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains(one, other, "empty")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false", "FALSE", " "})
    void noDevelopmentServerIsNoSecondServer(String dev) {
        accept(with(API, "JAMSOCKET_DEV", dev, "JAMSOCKET_PLANE_URL", "http://plane"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\n"})
    void anEmptySettingIsAnUnsetOne(String empty) {
        accept(with(
                API,
                "JAMSOCKET_DEV",
                empty,
                "JAMSOCKET_DEV_PORT",
                empty,
                "JAMSOCKET_PLANE_URL",
                empty,
                "JAMSOCKET_API_URL",
                empty,
                "JAMSOCKET_HEADERS",
                empty,
                "JAMSOCKET_READ_TIMEOUT",
                empty));
        problems(with(API, "JAMSOCKET_TOKEN", empty)).containsExactly("no token: set JAMSOCKET_TOKEN");
    }

    @Test
    void onlyWhatTheServerUsesIsChecked() {
        accept(with(API, "JAMSOCKET_DEV_PORT", "tcp://10.0.0.1:8080"));
        accept(with(API, "JAMSOCKET_PLANE_PULL_POLICY", "Sometimes", "JAMSOCKET_PLANE_REGISTRY_USERNAME", "u"));
        accept(Map.of("JAMSOCKET_DEV", "embedded", "JAMSOCKET_DEV_PORT", "tcp://x", "JAMSOCKET_TOKEN", "t\u00f6k"));

        problems(Map.of("JAMSOCKET_DEV", "true", "JAMSOCKET_DEV_PORT", "tcp://10.0.0.1:8080"))
                .containsExactly("JAMSOCKET_DEV_PORT must be a port from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok", "tok\n", "tok\r\n", " tok\t", "tok \n"})
    void aTokenLosesTheLineBreakAtItsEnd(String token) throws Exception {
        try (Ear ear = new Ear()) {
            assertThat(ear.hear(Jamsocket.builder()
                            .apiUrl(ear.url())
                            .account("a")
                            .service("s")
                            .token(token)))
                    .containsEntry("Authorization", List.of("Bearer tok"));
            assertThat(ear.hear(with(API, "JAMSOCKET_API_URL", ear.url().toString(), "JAMSOCKET_TOKEN", token)))
                    .containsEntry("Authorization", List.of("Bearer tok"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "one\n", "one\r\n", " one "})
    void aHeaderLosesTheLineBreakAtItsEnd(String value) throws Exception {
        try (Ear ear = new Ear()) {
            Jamsocket.Builder builder = Jamsocket.builder().dev(ear.url().getPort());
            assertThat(ear.hear(builder.header("X-One", value)).get("X-One")).containsExactly("one");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hush\n\n", "hu\nsh", "hush\r", "hu\u0000sh", "hu\tsh", "hush\u007f", "h\u00fcsh", "hush\u2028"})
    void aTokenAndAHeaderWithAnyOtherControlOrForeignCharacterAreRefusedAndNotShown(String secret) {
        problems(Jamsocket.builder().account("a").service("s").token(secret))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("token(…) ")
                .doesNotContain("hu", "h\u00fc");
        problems(with(API, "JAMSOCKET_TOKEN", secret))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_TOKEN ")
                .doesNotContain("hu", "h\u00fc");
        problems(Jamsocket.builder().embedded().header("X-One", secret))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("X-One")
                .doesNotContain("hu", "h\u00fc");
    }

    @Test
    void aHeaderInSettingsWithAForeignCharacterIsRefusedAndNotShown() {
        problems(Map.of("JAMSOCKET_DEV", "embedded", "JAMSOCKET_HEADERS", "X-One: h\u00fcsh"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_HEADERS")
                .contains("X-One")
                .doesNotContain("sh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "CONNECTION",
                "Expect",
                "Transfer-Encoding",
                "TE",
                "Via",
                "Origin",
                "Keep-Alive",
                "Upgrade",
                "Trailer",
                "Proxy-Connection",
                "Content-Transfer-Encoding",
                "Access-Control-Request-Method",
                "Access-Control-Request-Headers",
                "Sec-Fetch-Site",
                "Accept",
                "Accept-Encoding",
                "Cache-Control",
                "Content-Type",
                "Last-Event-ID"
            })
    void aHeaderThatCannotBeHonouredIsRefusedByName(String name) {
        problems(Jamsocket.builder().embedded().header(name, "x"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains(name);
        problems(Map.of("JAMSOCKET_DEV", "embedded", "JAMSOCKET_HEADERS", name + ": x"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_HEADERS")
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X One", "X\u00d6ne", "X(One)", "X\"One", "X/One", "X@One"})
    void aHeaderNameThatIsNoTokenIsRefusedByName(String name) {
        problems(Jamsocket.builder().embedded().header(name, "x"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("X");
        problems(Map.of("JAMSOCKET_DEV", "embedded", "JAMSOCKET_HEADERS", name + ": x"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_HEADERS");
    }

    @Test
    void aHeaderNameWithALineBreakIsShownOnOneLine() {
        problems(Jamsocket.builder().embedded().header("X\r\nEvil: 1", "x"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("X??Evil")
                .doesNotContain("\r", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:65536/", "http://host:99999/base", "http://host:0", "http://host:4294967296"})
    void aPortThatIsNoneIsRefusedInEveryAddress(String address) {
        problems(Jamsocket.builder().plane(URI.create(address)))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("plane(…) must");
        problems(Jamsocket.builder().account("a").token("t").service("s").apiUrl(URI.create(address)))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("apiUrl(…) must");
        problems(Map.of("JAMSOCKET_PLANE_URL", address))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_PLANE_URL must");
        problems(with(API, "JAMSOCKET_API_URL", address))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("JAMSOCKET_API_URL must");
    }

    @Test
    void whoCallsIsShownWithoutTheToken() {
        assertThat(new Target.Caller("acme", "hush", "docs")).hasToString("Caller[account=acme, service=docs]");
    }

    private static void accept(Jamsocket.Builder builder) {
        builder.build().close();
    }

    private static void accept(Map<String, String> env) {
        Jamsocket.fromEnv(env).close();
    }

    private static ListAssert<String> problems(Jamsocket.Builder builder) {
        return assertThat(catchThrowableOfType(JamsocketConfigurationException.class, () -> accept(builder))
                .problems());
    }

    private static ListAssert<String> problems(Map<String, String> env) {
        return assertThat(catchThrowableOfType(JamsocketConfigurationException.class, () -> accept(env))
                .problems());
    }

    private static Map<String, String> with(Map<String, String> env, String... more) {
        Map<String, String> all = new HashMap<>(env);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** A server that keeps the headers of what it is asked. */
    private static final class Ear implements AutoCloseable {

        private final BlockingQueue<Headers> heard = new LinkedBlockingQueue<>();
        private final HttpServer server;

        Ear() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                heard.add(exchange.getRequestHeaders());
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
                exchange.close();
            });
            server.start();
        }

        URI url() {
            return URI.create("http://localhost:" + server.getAddress().getPort());
        }

        Headers hear(Jamsocket.Builder builder) throws InterruptedException {
            try (Jamsocket client = builder.build()) {
                client.terminate("b1", TerminationKind.SOFT);
            }
            return heard.take();
        }

        Headers hear(Map<String, String> env) throws InterruptedException {
            try (Jamsocket client = Jamsocket.fromEnv(env)) {
                client.terminate("b1", TerminationKind.SOFT);
            }
            return heard.take();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
