package com.jamsocket.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.visits.Guests;
import com.jamsocket.backend.KickSigner;
import com.jamsocket.backend.ProxyClient;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend on a server, asked as the platform's proxy asks it. */
@ExtendWith(ArquillianExtension.class)
@DisabledIfSystemProperty(named = "arquillian.launch", matches = "weld", disabledReason = "no servlets")
class BackendIT {

    private final ProxyClient client = new ProxyClient(Integer.getInteger("server.port"));

    @Deployment(testable = false)
    static WebArchive backend() {
        File jar = new File(System.getProperty("jar"));
        return ShrinkWrap.create(WebArchive.class, "visits.war")
                .addAsLibrary(ShrinkWrap.createFromZipFile(JavaArchive.class, jar))
                .addPackage(Guests.class.getPackage());
    }

    private static String expected(String user) {
        return user + " {name=" + user + "} b1";
    }

    /** Servers on Grizzly answer a header beyond ASCII with 400 before any application sees it. */
    private static void assumeIsTaken(String user) {
        assumeTrue(
                !Boolean.getBoolean("server.refuses-utf8-headers")
                        || StandardCharsets.US_ASCII.newEncoder().canEncode(user),
                "see docs/backend.md");
    }

    private void kick(String user) throws IOException {
        String message = new KickSigner(Guests.KEY).kick(Guests.BACKEND_ID, user);
        assertThat(client.post("/visits/kick", message).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"änn", "安娜", "bob"})
    void aResourceIsToldWhoIsThere(String user) throws Exception {
        assumeIsTaken(user);
        assertThat(client.as(user, Guests.SECRET).get("/visits/rest/visit").body())
                .isEqualTo(expected(user));
    }

    @ParameterizedTest
    @ValueSource(strings = {"änn", "安娜", "bob"})
    void aServletIsToldWhoIsThere(String user) throws Exception {
        assumeIsTaken(user);
        assertThat(client.as(user, Guests.SECRET).get("/visits/who").body())
                .isEqualTo(expected(user) + "|" + expected(user));
    }

    @ParameterizedTest
    @CsvSource({"änn, /visits/socket", "安娜, /visits/socket", "bob, /visits/guarded"})
    void anEndpointIsToldWhoIsThere(String user, String path) throws Exception {
        assumeIsTaken(user);
        try (ProxyClient.WebSocket socket = client.as(user, Guests.SECRET).webSocket(path)) {
            assertThat(socket.status()).isEqualTo(101);
            assertThat(socket.next()).isEqualTo(expected(user));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/visits/rest/visit", "/visits/who"})
    void whatDidNotComeThroughTheProxyIsRefused(String path) throws Exception {
        for (ProxyClient other : List.of(client, client.as("ann", "s3cret"))) {
            ProxyClient.Answer answer = other.get(path);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("ann");
        }
    }

    @Test
    void aHandshakeThatDidNotComeThroughTheProxyIsRefused() throws Exception {
        try (ProxyClient.WebSocket socket = client.as("ann", "s3cret").webSocket("/visits/socket")) {
            assertThat(socket.status()).isNotEqualTo(101);
        }
        try (ProxyClient.WebSocket socket = client.as("ann", "s3cret").webSocket("/visits/guarded")) {
            assertThat(socket.status()).isEqualTo(403);
        }
    }

    @Test
    void aUserWhoIsKickedIsOutUntilHeIsReadmitted() throws Exception {
        ProxyClient eve = client.as("eve", Guests.SECRET);
        try (ProxyClient.WebSocket socket = eve.webSocket("/visits/socket")) {
            assertThat(socket.next()).isEqualTo(expected("eve"));
            kick("eve");
            assertThat(socket.next()).isEqualTo("close 1008 kicked");
        }
        assertThat(eve.get("/visits/rest/visit").status()).isEqualTo(403);
        assertThat(eve.get("/visits/who").status()).isEqualTo(403);
        try (ProxyClient.WebSocket socket = eve.webSocket("/visits/guarded")) {
            assertThat(socket.status()).isEqualTo(403);
        }

        String message = new KickSigner(Guests.KEY).readmit(Guests.BACKEND_ID, "eve");
        ProxyClient application = client.as("application", Guests.SECRET);
        assertThat(application.post("/visits/rest/visit/kick", message).status())
                .isEqualTo(204);

        assertThat(eve.get("/visits/rest/visit").body()).isEqualTo(expected("eve"));
        assertThat(application.post("/visits/rest/visit/kick", message).status())
                .isEqualTo(403);
    }

    @Test
    void thePageGetsItsModuleFromTheJar() throws Exception {
        ProxyClient.Answer answer = client.get("/visits/jamsocket/session-backend.js");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).contains("javascript");
        assertThat(answer.body()).contains("export class SessionBackend");
    }
}
