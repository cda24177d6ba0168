package com.jamsocket.backend.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.backend.KickSigner;
import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.ProxyClient;
import com.jamsocket.backend.ServletServer;
import com.jamsocket.backend.VerifiedRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedRequestFilterTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Kicks kicks = new Kicks(KEY, "b1");
    private final WhoServlet servlet = new WhoServlet();
    private final ServletServer server = new ServletServer()
            .filter(new KickFilter(kicks), "/kick")
            .filter(new ProxyOnly(kicks), "/app/*")
            .servlet(servlet, "/");
    private ProxyClient client;

    @BeforeEach
    void start() throws Exception {
        client = new ProxyClient(server.start());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void letsInWhatCameThroughTheProxy() throws Exception {
        ProxyClient.Answer answer = client.as("änn", "S3CRET").get("/app/who");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("änn {name=änn} b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret", "S3CRETS"})
    void refusesAnotherSecret(String secret) throws Exception {
        ProxyClient.Answer answer = client.as("ann", secret).get("/app/who");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("S3CRET");
        assertThat(servlet.calls).hasValue(0);
    }

    @Test
    void refusesARequestWithoutTheProxysHeaders() throws Exception {
        assertThat(client.get("/app/who").status()).isEqualTo(403);
        assertThat(servlet.calls).hasValue(0);
    }

    @Test
    void refusesWhatTheProxyDoesNotSend() throws Exception {
        ProxyClient forged = client.as("ann", "S3CRET").with("x-verified-user-data", "[]");
        assertThat(forged.get("/app/who").status()).isEqualTo(403);
        assertThat(servlet.calls).hasValue(0);
    }

    @Test
    void saysWhatIsMissingWhereItIsNotMapped() throws Exception {
        ProxyClient.Answer answer = client.as("ann", "S3CRET").get("/who");
        assertThat(answer.body()).contains("VerifiedRequestFilter");
    }

    @Test
    void refusesAUserWhoWasKicked() throws Exception {
        ProxyClient ann = client.as("ann", "S3CRET");
        assertThat(ann.get("/app/who").status()).isEqualTo(200);

        assertThat(client.post("/kick", new KickSigner(KEY).kick("b1", "ann")).status())
                .isEqualTo(204);

        assertThat(ann.get("/app/who").status()).isEqualTo(403);
        assertThat(client.as("bob", "S3CRET").get("/app/who").status()).isEqualTo(200);

        client.post("/kick", new KickSigner(KEY).readmit("b1", "ann"));
        assertThat(ann.get("/app/who").status()).isEqualTo(200);
    }

    @Test
    void tellsWhyAKickIsRefused() throws Exception {
        ProxyClient.Answer answer = client.post("/kick", new KickSigner(KEY).kick("b2", "ann"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualToIgnoringNewLines("the message is for another backend");
        assertThat(client.post("/kick", "a".repeat(10_000)).status()).isEqualTo(403);
        assertThat(client.as("ann", "S3CRET").get("/app/who").status()).isEqualTo(200);
    }

    @Test
    void takesKicksByPostAlone() throws Exception {
        ProxyClient.Answer answer = client.get("/kick");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "POST");
    }

    /** As an application extends it. */
    public static class ProxyOnly extends VerifiedRequestFilter {
        public ProxyOnly(Kicks kicks) {
            super(request -> request.hasSecret("S3CRET") && kicks.admits(request));
        }
    }

    static final class WhoServlet extends HttpServlet {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            calls.incrementAndGet();
            response.setContentType("text/plain;charset=UTF-8");
            try {
                VerifiedRequest verified = VerifiedRequestFilter.of(request);
                response.getWriter()
                        .print(verified.username() + " " + verified.userData() + " " + verified.backendId());
            } catch (IllegalStateException e) {
                response.getWriter().print(e.getMessage());
            }
        }
    }
}
