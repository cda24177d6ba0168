package com.jamsocket.internal.observe;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.StatusRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Flight Recorder shows of a client. */
class FlightRecordingTest {

    @TempDir
    Path directory;

    @Test
    void showsCallsReconnectsAndEndsOfStreams() throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("com.jamsocket.Call").withoutThreshold();
            recording.enable("com.jamsocket.Reconnect");
            recording.enable("com.jamsocket.StreamEnd");
            recording.start();

            String id = live();
            // Who waits for a stage may go on before its end is recorded.
            List<RecordedEvent> events = eventually(
                    "what came of all calls", Duration.ofSeconds(30), () -> events(recording), all -> outcomes(all)
                            .contains("JamsocketConnectionException"));
            assertThat(outcomes(events)).contains("ok", "BackendNotFoundException", "JamsocketConnectionException");
            assertThat(of(events, "com.jamsocket.Call").map(event -> event.getString("request")))
                    .anyMatch(request -> request.startsWith("POST ") && request.endsWith("/connect"))
                    .anyMatch(request -> request.startsWith("GET ") && request.contains("unknown"));
            assertThat(of(events, "com.jamsocket.StreamEnd")
                            .map(event -> event.getString("backend") + " " + event.getString("how")))
                    .contains(id + " Terminated");
            assertThat(of(events, "com.jamsocket.Reconnect")
                            .map(event -> event.getString("backend") + " " + event.getInt("attempt")))
                    .anyMatch(reconnect -> reconnect.endsWith(" 1"));
        }
    }

    private static String live() throws InterruptedException {
        JamsocketDevServer server = JamsocketDevServer.start();
        try (Jamsocket client =
                Jamsocket.builder().dev(server.port()).retryTime(Duration.ZERO).build()) {
            String id = client.connect().backendId();
            StatusRecorder ended = new StatusRecorder();
            var stream = client.statusStream(id, ended);
            client.terminate(id, TerminationKind.HARD);
            stream.end().toCompletableFuture().join();
            assertThatThrownBy(() -> client.status("unknown")).isInstanceOf(BackendNotFoundException.class);

            String other = client.connect().backendId();
            StatusRecorder reconnecting = new StatusRecorder();
            client.statusStream(other, reconnecting);
            server.close();
            eventually("a reconnect", () -> !reconnecting.delays.isEmpty());
            assertThatThrownBy(() ->
                            client.async().status(id).toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(JamsocketConnectionException.class);
            return id;
        } finally {
            server.close();
        }
    }

    private List<RecordedEvent> events(Recording recording) throws IOException {
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    private static List<String> outcomes(List<RecordedEvent> events) {
        return of(events, "com.jamsocket.Call")
                .map(event -> event.getString("outcome"))
                .toList();
    }

    private static Stream<RecordedEvent> of(List<RecordedEvent> events, String type) {
        return events.stream().filter(event -> event.getEventType().getName().equals(type));
    }
}
