package com.example.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording of the JVM; apart, for servers that hide it from applications. */
final class FlightRecorder {

    private FlightRecorder() {}

    /** The names of the client's events during an action. */
    static List<String> events(Runnable action) throws IOException {
        Path file = Files.createTempFile("server", ".jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .map(RecordedEvent::getEventType)
                    .map(type -> type.getName())
                    .filter(name -> name.startsWith("com.jamsocket."))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
