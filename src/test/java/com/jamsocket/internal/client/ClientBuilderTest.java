package com.jamsocket.internal.client;

import static com.jamsocket.internal.client.FakeApi.ID;
import static com.jamsocket.internal.client.FakeApi.events;
import static com.jamsocket.internal.client.FakeApi.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneSettings;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.StatusRecorder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBuilderTest {

    @Test
    void namesEverythingThatIsMissingAtOnce() {
        JamsocketConfigurationException e = catchThrowableOfType(
                JamsocketConfigurationException.class,
                () -> Jamsocket.builder().apiUrl(URI.create("ftp://x")).build());

        assertThat(e.problems()).hasSize(4);
        assertThat(e).hasMessageContainingAll("no account", "no token", "no service", "apiUrl(…) must be");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void refusesAPortThatIsNone(int port) {
        assertThatThrownBy(() -> Jamsocket.dev(port))
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("1 to 65535");
    }

    @Test
    void refusesAPlaneControllerWithCredentialsAndDoesNotRepeatThem() {
        assertThatThrownBy(() -> Jamsocket.builder()
                        .plane(URI.create("http://hush@plane/"))
                        .build())
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("set the token instead")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesBadValuesAtOnce() {
        Set<Consumer<Jamsocket.Builder>> bad = Set.of(
                builder -> builder.maxWatchedBackends(0),
                builder -> builder.account(" "),
                builder -> builder.token(""),
                builder -> builder.service("\t"),
                builder -> builder.connectTimeout(Duration.ZERO),
                builder -> builder.readTimeout(Duration.ofSeconds(-1)),
                builder -> builder.retryTime(Duration.ofSeconds(-1)),
                builder -> builder.silenceLimit(Duration.ZERO),
                builder -> builder.statusCheckInterval(Duration.ZERO),
                builder -> builder.header(" ", "x"));

        assertThat(bad).allSatisfy(setting -> assertThatThrownBy(() -> setting.accept(Jamsocket.builder()))
                .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void readsNothingFromItsSurroundings() {
        // The tests run with JAMSOCKET_DEV set.
        assertThat(System.getenv()).containsKey("JAMSOCKET_DEV");
        assertThatThrownBy(() -> Jamsocket.builder().build()).isInstanceOf(JamsocketConfigurationException.class);
    }

    @Test
    void fromEnvReadsTheVariablesThatItIsGiven() {
        assertThatThrownBy(() -> Jamsocket.fromEnv(Map.of()))
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("JAMSOCKET_TOKEN");
        try (Jamsocket jamsocket = Jamsocket.fromEnv(Map.of("JAMSOCKET_DEV", "embedded"))) {
            assertThat(jamsocket.connect().spawned()).isTrue();
        }
    }

    @Test
    void closingAnEmbeddedServersClientClosesTheServer() {
        Jamsocket jamsocket = Jamsocket.builder().embedded().build();
        URI url = jamsocket.connect().statusUrl();
        jamsocket.close();

        try (Jamsocket later =
                Jamsocket.builder().dev(url.getPort()).retryTime(Duration.ZERO).build()) {
            assertThatThrownBy(later::connect).hasMessageContaining("no connection");
        }
    }

    @Test
    void speaksBothDialectsToTheDevelopmentServer() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket dev = Jamsocket.dev(server.port());
                Jamsocket plane = Jamsocket.builder()
                        .plane(PlaneSettings.builder(server.url()).image("x").build())
                        .service("rooms")
                        .build()) {
            ConnectRequest request = ConnectRequest.builder().key("k").build();

            for (Jamsocket client : new Jamsocket[] {dev, plane}) {
                ConnectResponse backend = client.connect(request);
                assertThat(client.awaitReady(backend.backendId(), Duration.ofSeconds(10)))
                        .isNotNull();
            }
        }
    }

    @Test
    void usesTheThreadsItIsGivenAndLeavesThemRunning() throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(4, task -> new Thread(task, "given"));
        try (FakeApi api = new FakeApi()) {
            api.status(state("ready")).stream(events("ready", "terminated"));
            StatusRecorder heard = new StatusRecorder();
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            Set<Thread> after;
            try (Jamsocket client = api.client().executor(executor).build()) {
                assertThat(heard.endOf(client.statusStream(ID, heard))).isInstanceOf(StreamEnd.Terminated.class);
                after = new HashSet<>(Thread.getAllStackTraces().keySet());
            }
            after.removeAll(before);
            assertThat(after).noneMatch(thread -> thread.getName().startsWith("jamsocket-callback"));
            assertThat(executor.isShutdown()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void listenersHaveTheContextClassLoaderOfTheThreadThatMadeTheClient() throws IOException {
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        try (FakeApi api = new FakeApi();
                URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            api.status(state("ready")).stream(events("ready", "terminated"));
            here.setContextClassLoader(application);
            try (Jamsocket client = api.client().build()) {
                here.setContextClassLoader(before);
                Set<ClassLoader> loaders = ConcurrentHashMap.newKeySet();
                client.statusStream(
                                ID, state -> loaders.add(Thread.currentThread().getContextClassLoader()))
                        .end()
                        .toCompletableFuture()
                        .join();

                assertThat(loaders).containsExactly(application);
            }
        } finally {
            here.setContextClassLoader(before);
        }
    }

    @Test
    void registersComponentsByInstanceAndByClass() throws IOException, NoSuchAlgorithmException {
        CountingFilter.calls.set(0);
        try (FakeApi api = new FakeApi()) {
            api.status(state("ready")).stream(events("ready", "terminated"));
            StatusRecorder heard = new StatusRecorder();
            try (Jamsocket client = api.client()
                    .register(CountingFilter.class)
                    .register(new CountingFilter2())
                    .sslContext(SSLContext.getDefault())
                    .header("X-Fixed", "yes")
                    .build()) {
                assertThat(client.status(ID)).isNotNull();
                heard.endOf(client.statusStream(ID, heard));
            }
        }
        // The call, the question before the stream, and the stream.
        assertThat(CountingFilter.calls).hasValue(3);
    }

    /** Made by the Jakarta REST client. */
    public static final class CountingFilter implements ClientRequestFilter {
        static final AtomicInteger calls = new AtomicInteger();

        @Override
        public void filter(ClientRequestContext request) {
            calls.incrementAndGet();
            assertThat(request.getHeaderString("X-Fixed")).isEqualTo("yes");
        }
    }

    /** Made by the application. */
    static final class CountingFilter2 implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("X-Second", "yes");
        }
    }
}
