package com.jamsocket.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.rest.EventStreamFilter;
import com.jamsocket.rest.JamsocketExceptionMapper;
import com.jamsocket.rest.StatusResource;
import com.jamsocket.servers.StatusContract;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status resource on each implementation as a server, and what of it is the client's. */
class StatusResourceTest extends ClientContract implements StatusContract {

    private static Jamsocket jamsocket;

    private RestServer application;

    @BeforeEach
    void startApplication() throws Exception {
        useServerByHand();
        jamsocket = client(settings(server.url()));
        application = closing(RestServer.start(BoardApplication.class));
    }

    @Override
    public URI statuses() {
        return application.url().resolve("backends/");
    }

    @Override
    public JamsocketDevServer server() {
        return server;
    }

    @Override
    public String spawn() {
        return jamsocket.connect().backendId();
    }

    @Override
    public int sharedStreams() {
        return ((SharedStreams.Owner) jamsocket.async()).sharedStreams().size();
    }

    @Test
    void streamsEndWithTheClient() throws Exception {
        String id = spawn();
        try (RawClient stream = stream(id)) {
            stream.until("}");
            jamsocket.close();

            assertThat(stream.rest()).doesNotContain("data:");
        }
    }

    @Test
    void browsersWatchAsManyBackendsAsTheClientIsToldAndNoMore() throws Exception {
        jamsocket = client(settings(server.url()).maxWatchedBackends(1));
        String first = spawn();
        String second = spawn();
        try (RawClient watched = stream(first);
                RawClient alsoWatched = stream(first)) {
            watched.until("scheduled");
            alsoWatched.until("scheduled");

            StatusContract.assertProblem(get(second + "/status/stream"), 503, "unavailable");
            assertThat(get(second + "/status").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void failuresOfTheClientAreProblems() {
        StatusContract.assertProblem(new Http(application.url()).get("/rooms/held/connection"), 409, "key-unheld");
        jamsocket = client(settings(server.url()).retryTime(Duration.ZERO));
        server.close();
        HttpResponse<String> unavailable = get("b1/status");
        StatusContract.assertProblem(unavailable, 503, "unavailable");
        assertThat(unavailable.headers().firstValue("retry-after")).hasValue("5");
    }

    @Test
    void theStatusByAClientThatIsClosedIsAnErrorOfTheApplication() {
        jamsocket.close();

        assertThat(get("b1/status").statusCode()).isEqualTo(500);
    }

    /** Made anew for each request, as the standard has it. */
    @Path("backends")
    public static class Statuses extends StatusResource {
        public Statuses() {
            super(jamsocket);
        }

        @Override
        protected boolean mayWatch(String backendId, SecurityContext caller) {
            return !backendId.equals("forbidden");
        }
    }

    @Path("rooms")
    public static class Rooms {
        @GET
        @Path("{name}/connection")
        public String connect(@PathParam("name") String name) throws KeyUnheldException {
            ConnectResponse response = jamsocket.connect(
                    ConnectRequest.builder().key(name).spawn(false).build());
            return response.backendId();
        }
    }

    public static class BoardApplication extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Statuses.class, Rooms.class, JamsocketExceptionMapper.class, EventStreamFilter.class);
        }
    }
}
