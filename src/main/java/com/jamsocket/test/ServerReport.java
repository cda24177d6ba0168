package com.jamsocket.test;

import com.jamsocket.BackendState;
import com.jamsocket.dev.BackendSnapshot;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a test that failed is to be understood by. Without tokens, headers and bodies. */
final class ServerReport {

    private static final int BACKENDS = 10;
    private static final int REQUESTS = 20;
    private static final int LINES = 5;

    private ServerReport() {}

    static String of(JamsocketDevServer server) {
        StringBuilder text = new StringBuilder();
        List<BackendSnapshot> backends = last(server.backends(), BACKENDS);
        text.append(backends.isEmpty() ? "No backend was started.\n" : "The last backends:\n");
        for (BackendSnapshot backend : backends) {
            append(text, backend);
            last(server.backend(backend.id()).logLines(), LINES)
                    .forEach(line -> text.append("    | ").append(line).append('\n'));
        }
        List<RecordedRequest> requests = last(server.requests(), REQUESTS);
        text.append(requests.isEmpty() ? "No request was answered.\n" : "The last requests:\n");
        requests.forEach(request -> text.append("  ")
                .append(request.time())
                .append(' ')
                .append(request)
                .append('\n'));
        return text.toString();
    }

    private static void append(StringBuilder text, BackendSnapshot backend) {
        String key = backend.key();
        text.append("  ")
                .append(backend.id())
                .append(key == null ? "" : ", key " + key)
                .append('\n');
        Instant start = backend.history().get(0).time();
        for (BackendState state : backend.history()) {
            text.append("    ").append(state.time()).append(" +").append(Duration.between(start, state.time()));
            text.append(' ').append(state.statusName()).append('\n');
        }
        if (backend.exitCode() != null) {
            text.append("    exit code ").append(backend.exitCode()).append('\n');
        }
    }

    private static <T> List<T> last(List<T> list, int count) {
        return list.subList(Math.max(0, list.size() - count), list.size());
    }
}
