package com.jamsocket.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong with TLS, against a server that speaks it: the same by each way of a request. */
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String OK = "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"ready\",\"token\":\"tok\","
            + "\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\",\"ready_url\":\"\","
            + "\"time\":\"2024-11-04T20:42:21.123Z\"}";

    @TempDir
    private static Path directory;

    private static @Nullable Certificate authority;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    private enum Trouble {
        NONE("localhost", "-1d", true, "TLSv1.3", "TLS", ""),
        OWN_CONTEXT_OF_A_VERSION("localhost", "-1d", true, "TLSv1.2", "TLSv1.2", ""),
        UNKNOWN_ISSUER("localhost", "-1d", false, "TLSv1.3", "TLS", "unknown issuer"),
        WRONG_HOST("other.example", "-1d", true, "TLSv1.3", "TLS", "another host"),
        EXPIRED("localhost", "-10d", true, "TLSv1.3", "TLS", "not valid at this time");

        private final String host;
        private final String start;
        private final boolean trusted;
        private final String version;
        private final String context;
        private final String message;

        Trouble(String host, String start, boolean trusted, String version, String context, String message) {
            this.host = host;
            this.start = start;
            this.trusted = trusted;
            this.version = version;
            this.context = context;
            this.message = message;
        }

        /** The name of its certificate. */
        String alias() {
            return host + start;
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void eachFailureSaysWhatToDoAndIsNotRetried(Trouble trouble) throws Exception {
        start(keys(trouble), trouble.version);
        for (Way way : Way.values()) {
            try (Jamsocket client = client(trouble).build()) {
                if (trouble.message.isEmpty()) {
                    way.go(client);
                    continue;
                }
                var failure = catchThrowableOfType(JamsocketConnectionException.class, () -> way.go(client));

                assertThat(failure).as("%s", way).hasMessageContaining(trouble.message);
                assertThat(failure.mayHaveBeenSent()).as("%s", way).isFalse();
                assertThat(failure.isRetryable()).as("%s", way).isFalse();
            }
        }
    }

    private Jamsocket.Builder client(Trouble trouble) throws GeneralSecurityException, IOException {
        return Jamsocket.builder()
                .apiUrl(URI.create("https://localhost:" + server.getAddress().getPort()))
                .account("a")
                .token("t")
                .service("s")
                .readTimeout(Duration.ofSeconds(20))
                .sslContext(trusting(trouble.trusted ? authority : null, trouble.context));
    }

    /** An authority, and the certificates that it has signed: one for each host and time. */
    @BeforeAll
    static void certificates() throws Exception {
        keytool("-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
        Set<String> known = new HashSet<>();
        for (Trouble trouble : Trouble.values()) {
            if (known.add(trouble.alias())) {
                keytool(
                        "-alias",
                        trouble.alias(),
                        "-dname",
                        "CN=" + trouble.host,
                        "-ext",
                        "SAN=dns:" + trouble.host,
                        "-signer",
                        "ca",
                        "-startdate",
                        trouble.start);
            }
        }
        authority = keys().getCertificate("ca");
    }

    private static KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** The keys of a server, and no others. */
    private static KeyStore keys(Trouble trouble) throws GeneralSecurityException, IOException {
        KeyStore keys = keys();
        for (String alias : Collections.list(keys.aliases())) {
            if (!alias.equals(trouble.alias())) {
                keys.deleteEntry(alias);
            }
        }
        return keys;
    }

    private static void keytool(String... arguments) throws Exception {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "5",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                directory.resolve("keys.p12").toString());
        Process process = new ProcessBuilder(
                        Stream.concat(command, Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.txt").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as("%s", Files.readString(directory.resolve("keytool.txt")))
                .isZero();
    }

    private void start(KeyStore keys, String version) throws GeneralSecurityException, IOException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setProtocols(new String[] {version});
                connection.setSSLParameters(parameters);
            }
        });
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, OK.length());
                exchange.getResponseBody().write(OK.getBytes(UTF_8));
            }
        });
        server.start();
    }

    /** A context that trusts this authority, or those that the JDK trusts. */
    private static SSLContext trusting(@Nullable Certificate authority, String protocol)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = null;
        if (authority != null) {
            trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
