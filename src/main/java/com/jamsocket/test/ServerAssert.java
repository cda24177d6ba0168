package com.jamsocket.test;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.RecordedRequest;
import java.util.List;
import java.util.Objects;

/** What a {@link JamsocketDevServer} must have seen. Made by {@link JamsocketAssertions}. */
public final class ServerAssert {

    private final JamsocketDevServer server;

    ServerAssert(JamsocketDevServer server) {
        this.server = Objects.requireNonNull(server, "server");
    }

    /** So many backends have been started, ended ones included. */
    public ServerAssert hasSpawned(int count) {
        return require(server.spawnCount() == count, count + " backends spawned, not " + server.spawnCount());
    }

    /**
     * So many requests have been answered.
     *
     * @param method the HTTP method
     * @param path a regular expression for the whole path, such as {@code "/v2/.+/connect"}
     */
    public ServerAssert hasAnswered(int count, String method, String path) {
        List<RecordedRequest> found = server.requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.path().matches(path))
                .toList();
        return require(found.size() == count, count + " requests " + method + " " + path + ", not " + found.size());
    }

    /** The key is held by a backend, of whatever service, for assertions about it. */
    public BackendAssert backendOfKey(String key) {
        try {
            return new BackendAssert(server.backendOfKey(key));
        } catch (IllegalArgumentException e) {
            throw new AssertionError(
                    "expected a backend of the key " + key + ": " + e.getMessage() + "\n" + ServerReport.of(server));
        }
    }

    private ServerAssert require(boolean holds, String expected) {
        if (!holds) {
            throw new AssertionError("expected " + expected + "\n" + ServerReport.of(server));
        }
        return this;
    }
}
