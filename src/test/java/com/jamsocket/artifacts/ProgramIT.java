package com.jamsocket.artifacts;

import static com.jamsocket.artifacts.Artifacts.CLI;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.testkit.Http;
import java.io.BufferedReader;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The development server as a program: one jar and a JVM. */
@Timeout(60)
class ProgramIT {

    @Test
    void servesBothDialectsUntilItIsAskedToEnd() throws Exception {
        Process process = Artifacts.start(List.of("-jar", CLI.file().getPath(), "--port", "0"), List.of());
        try (BufferedReader out = process.inputReader()) {
            String first = out.readLine();
            assertThat(first).startsWith("Jamsocket development server on http://127.0.0.1:");
            Http http = new Http(URI.create(first.substring(first.indexOf("http"))));
            String id = http.spawn();
            assertThat(http.get("/pub/b/" + id + "/status").body()).contains("\"status\":");
            assertThat(out.readLine()).startsWith("Connection URLs on http://127.0.0.1:");
            assertThat(out.readLine()).contains(id + "  scheduled");

            process.toHandle().destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }
}
