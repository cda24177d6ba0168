package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.ProxyTunnelException;
import com.jamsocket.contract.RestImplementation.Trait;
import com.jamsocket.testkit.Certificates;
import com.jamsocket.testkit.Jvm;
import com.jamsocket.testkit.TlsServer;
import com.jamsocket.testkit.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials by Basic for a proxy that tunnels to a server with TLS. Whether the JDK sends them is a property that it
 * reads once, so that each case has a JVM of its own.
 */
@Tag("contract")
class TunnelCredentialsTest {

    private static final String SENDS_BASIC = "-Djdk.http.auth.tunneling.disabledSchemes=";

    @TempDir
    private Path directory;

    @Test
    void areSentWhereTheJvmAllowsIt() throws Exception {
        assertThat(outcomes(SENDS_BASIC)).isEqualTo(each("passed"));
    }

    @Test
    void areMissedByATypedExceptionThatSaysHowToAllowThem() throws Exception {
        assertThat(outcomes("-Dother=")).isEqualTo(each("refused with 407, says how true"));
    }

    private static List<String> each(String outcome) {
        return ways().map(way -> way + " " + outcome).toList();
    }

    /** Those that ask for proxies and credentials with the present implementation. */
    private static Stream<Way> ways() {
        RestImplementation present = RestImplementation.present();
        boolean calls = present.has(Trait.ASKS_PROXY_SELECTOR) && present.has(Trait.ASKS_AUTHENTICATOR);
        return Stream.of(Way.values()).filter(way -> way != Way.CALL || calls);
    }

    private List<String> outcomes(String property) throws Exception {
        Process jvm = new ProcessBuilder(Jvm.command(
                        property,
                        "-Drest.implementation=" + System.getProperty("rest.implementation", "Jersey"),
                        Program.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), UTF_8);
        assertThat(jvm.waitFor()).as(said).isZero();
        return said.lines()
                .filter(line -> Stream.of(Way.values()).anyMatch(way -> line.startsWith(way + " ")))
                .toList();
    }

    /** Goes each way twice, and prints what came of it. */
    static final class Program {

        private Program() {}

        public static void main(String... args) throws Exception {
            Certificates certificates = new Certificates(Path.of(args[0]));
            certificates.add("server", "localhost", "-1d");
            try (TlsServer server = new TlsServer(certificates.server("server"), parameters -> {}, Program::answer);
                    ConnectProxy proxy = new ConnectProxy()) {
                proxy.credentials = "Basic YW5uOnNlY3JldA==";
                ProxySelector.setDefault(ProxySelector.of(proxy.address()));
                Authenticator.setDefault(new ForProxies());
                for (Way way : ways().toList()) {
                    Jamsocket.Builder builder = Jamsocket.builder()
                            .apiUrl(URI.create("https://localhost:" + server.port()))
                            .account("a")
                            .token("t")
                            .service("s")
                            .retryTime(Duration.ZERO)
                            .sslContext(certificates.trusting("TLS"));
                    try (Jamsocket client = builder.build()) {
                        System.out.println(way + " " + outcome(way, client));
                    }
                }
            }
            System.exit(0);
        }

        private static String outcome(Way way, Jamsocket client) {
            try {
                way.go(client);
                way.go(client);
                return "passed";
            } catch (ProxyTunnelException e) {
                return "refused with " + e.statusCode() + ", says how "
                        + e.getMessage().contains(SENDS_BASIC);
            }
        }

        private static void answer(String request, OutputStream out) throws IOException {
            boolean stream = request.contains("/stream ");
            String state = "{\"status\":\"terminated\",\"time\":\"2024-11-04T20:42:21.123Z\"}";
            String backend = "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"scheduled\","
                    + "\"token\":\"tok\",\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\","
                    + "\"ready_url\":\"\"}";
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
                            + (stream
                                    ? "text/event-stream\r\n\r\ndata: " + state + "\n\n"
                                    : "application/json\r\n\r\n" + (request.startsWith("POST") ? backend : state)))
                    .getBytes(UTF_8));
        }
    }

    private static final class ForProxies extends Authenticator {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("ann", "secret".toCharArray());
        }
    }
}
