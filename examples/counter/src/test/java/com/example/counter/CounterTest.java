package com.example.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.example.counter.backend.CounterBackend;
import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The backend as users have it: started by a server that stands for the cluster, and reached by its connection URL. */
class CounterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JamsocketDevServer server = JamsocketDevServer.builder()
            .launcher(Launcher.command(
                    java(), "-XX:TieredStopAtLevel=1", "-cp", classes(), CounterBackend.class.getName()))
            .start();
    private final Jamsocket jamsocket = Jamsocket.dev(server.port());

    @AfterEach
    void stop() {
        jamsocket.close();
        server.close();
    }

    @Test
    void twoWhoOpenTheSameCounterCountTogether() throws Exception {
        assertEquals("1", count(open("plan", "ann")));
        assertEquals("2", count(open("plan", "bob")));
        assertEquals(1, server.spawnCount());
    }

    @Test
    void afterACrashTheNextOneBeginsAnew() throws Exception {
        ConnectResponse first = open("plan", "ann");
        assertEquals("1", count(first));
        server.backend(first.backendId()).crash(137);

        BackendState.Terminated end =
                jamsocket.awaitTerminated(first.backendId(), PATIENCE).state();

        assertEquals(Boolean.TRUE, end.exitError());
        ConnectResponse second = open("plan", "ann");
        assertNotEquals(first.backendId(), second.backendId());
        assertEquals("1", count(second));
    }

    private ConnectResponse open(String name, String user) {
        ConnectResponse response = jamsocket.connect(
                ConnectRequest.builder().key("counter/" + name).user(user).build());
        jamsocket.awaitReady(response.backendId(), PATIENCE);
        return response;
    }

    private String count(ConnectResponse connection) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(connection.url())
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classes() {
        URI location = URI.create(CounterBackend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
        return Path.of(location).toString();
    }
}
