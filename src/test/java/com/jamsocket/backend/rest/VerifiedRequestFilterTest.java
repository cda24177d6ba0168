package com.jamsocket.backend.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.backend.KickSigner;
import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.ProxyClient;
import com.jamsocket.backend.VerifiedRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedRequestFilterTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Kicks kicks = new Kicks(KEY, "b1");
    private final HttpServer server = GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"),
            new ResourceConfig()
                    .register(
                            new VerifiedRequestFilter(request -> request.hasSecret("S3CRET") && kicks.admits(request)))
                    .register(new AnswerHeader())
                    .register(new WhoResource(kicks)));
    private final ProxyClient client =
            new ProxyClient(server.getListener("grizzly").getPort());

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void letsInWhatCameThroughTheProxy() throws Exception {
        ProxyClient.Answer answer = client.as("änn", "S3CRET").get("/who");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("änn {name=änn} b1");
        assertThat(answer.headers()).containsEntry("x-backend", "b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret", "S3CRETS"})
    void refusesAnotherSecret(String secret) throws Exception {
        ProxyClient.Answer answer = client.as("ann", secret).get("/who");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("proxy").doesNotContain("S3CRET");
        assertThat(answer.headers()).containsEntry("x-backend", "none");
    }

    @Test
    void refusesWhatTheProxyDoesNotSend() throws Exception {
        assertThat(client.get("/who").status()).isEqualTo(403);
        assertThat(client.as("ann", "S3CRET")
                        .with("x-verified-user-data", "[]")
                        .get("/who")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusesAUserWhoWasKicked() throws Exception {
        ProxyClient application = client.as("application", "S3CRET");
        ProxyClient ann = client.as("ann", "S3CRET");
        assertThat(ann.get("/who").status()).isEqualTo(200);

        ProxyClient.Answer refused = application.post("/kick", new KickSigner(KEY).kick("b2", "ann"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("the message is for another backend");
        assertThat(ann.get("/who").status()).isEqualTo(200);

        assertThat(application
                        .post("/kick", new KickSigner(KEY).kick("b1", "ann"))
                        .status())
                .isEqualTo(204);
        assertThat(ann.get("/who").status()).isEqualTo(403);
        assertThat(application.get("/who").status()).isEqualTo(200);
    }

    @Test
    void readsNoMoreOfAKickThanOneMayHave() throws Exception {
        ProxyClient.Answer answer = client.as("ann", "S3CRET").postBeginning("/kick", "a".repeat(8192), 1_000_000_000);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualToIgnoringNewLines("the message is too long");
    }

    @Path("/")
    public static final class WhoResource {
        private final Kicks kicks;

        WhoResource(Kicks kicks) {
            this.kicks = kicks;
        }

        @GET
        @Path("who")
        @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
        public String who(@Context HttpHeaders headers) {
            VerifiedRequest request = VerifiedRequest.of(headers::getHeaderString);
            return request.username() + " " + request.userData() + " " + request.backendId();
        }

        @Path("kick")
        public KickResource kick() {
            return new KickResource(kicks);
        }
    }

    /** Says what a filter of an application sees. */
    static final class AnswerHeader implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            String backend;
            try {
                backend = VerifiedRequestFilter.of(request).backendId();
            } catch (IllegalStateException e) {
                backend = "none";
            }
            response.getHeaders().putSingle("x-backend", backend);
        }
    }
}
