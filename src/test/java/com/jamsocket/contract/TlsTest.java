package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Certificates;
import com.jamsocket.testkit.TlsServer;
import com.jamsocket.testkit.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong with TLS, against a server that speaks it: the same by each way of a request. */
@Tag("contract")
class TlsTest {

    private static final String STATE =
            "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"ready\",\"token\":\"tok\","
                    + "\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\",\"ready_url\":\"\","
                    + "\"time\":\"2024-11-04T20:42:21.123Z\"}";

    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: " + STATE.length() + "\r\nConnection: close\r\n\r\n" + STATE;

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    private enum Trouble {
        NONE("localhost", "-1d", true, "TLSv1.3", "TLS", ""),
        OWN_CONTEXT_OF_A_VERSION("localhost", "-1d", true, "TLSv1.2", "TLSv1.2", ""),
        UNKNOWN_ISSUER("localhost", "-1d", false, "TLSv1.3", "TLS", "unknown issuer"),
        WRONG_HOST("other.example", "-1d", true, "TLSv1.3", "TLS", "another host"),
        EXPIRED("localhost", "-10d", true, "TLSv1.3", "TLS", "not valid at this time"),
        NO_COMMON_VERSION("localhost", "-1d", true, "TLSv1.3", "TLSv1.2", "no TLS is agreed upon"),
        CLIENT_CERTIFICATE("localhost", "-1d", true, "TLSv1.2", "TLSv1.2", "client certificate"),
        CLIENT_CERTIFICATE_SEEN_LATE("localhost", "-1d", true, "TLSv1.3", "TLS", "client certificate");

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

        boolean wantsClientCertificate() {
            return name().startsWith("CLIENT_CERTIFICATE");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachFailureSaysWhatToDoAndIsNotRetried(Trouble trouble) throws Exception {
        try (TlsServer server = server(trouble)) {
            for (Way way : Way.values()) {
                try (Jamsocket client = client(trouble, server.port()).build()) {
                    if (trouble.message.isEmpty()) {
                        way.go(client);
                        continue;
                    }
                    var failure = catchThrowableOfType(JamsocketConnectionException.class, () -> way.go(client));

                    assertThat(failure).as("%s", way).hasMessageContaining(trouble.message);
                    if (!trouble.wantsClientCertificate()) {
                        // Under TLS 1.3 a client learns after its request that a certificate was wanted.
                        assertThat(failure.mayHaveBeenSent()).as("%s", way).isFalse();
                    }
                    assertThat(failure.isRetryable()).as("%s", way).isFalse();
                }
            }
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsToldByName() throws Exception {
        try (JamsocketDevServer plain = JamsocketDevServer.start()) {
            for (Way way : Way.values()) {
                try (Jamsocket client =
                        client(Trouble.NONE, plain.url().getPort()).build()) {
                    var failure = catchThrowableOfType(JamsocketConnectionException.class, () -> way.go(client));

                    assertThat(failure).as("%s", way).hasMessageContaining("check that the port speaks TLS");
                    assertThat(failure.mayHaveBeenSent()).as("%s", way).isFalse();
                    assertThat(failure.isRetryable()).as("%s", way).isFalse();
                }
            }
        }
    }

    private static Jamsocket.Builder client(Trouble trouble, int port) throws GeneralSecurityException, IOException {
        return Jamsocket.builder()
                .apiUrl(URI.create("https://localhost:" + port))
                .account("a")
                .token("t")
                .service("s")
                .readTimeout(Duration.ofSeconds(20))
                .sslContext(trouble.trusted ? certificates.trusting(trouble.context) : Certificates.trustingOthers());
    }

    private static TlsServer server(Trouble trouble) throws GeneralSecurityException, IOException {
        return new TlsServer(
                certificates.server(trouble.alias()),
                parameters -> {
                    parameters.setProtocols(new String[] {trouble.version});
                    parameters.setNeedClientAuth(trouble.wantsClientCertificate());
                },
                (request, out) -> out.write(OK.getBytes(UTF_8)));
    }

    @BeforeAll
    static void certificates() throws Exception {
        certificates = new Certificates(directory);
        for (Trouble trouble : Trouble.values()) {
            certificates.add(trouble.alias(), trouble.host, trouble.start);
        }
    }
}
