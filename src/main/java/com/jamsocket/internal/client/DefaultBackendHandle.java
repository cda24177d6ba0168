package com.jamsocket.internal.client;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendHandle;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.http.BackendClient;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection that all users of the handle share, and that is made again when it is over. */
final class DefaultBackendHandle implements BackendHandle, BackendClient.Route {

    private static final int GONE = 410;

    /** Answers of the backend itself, or of a proxy whose backend is not there any more. */
    private static final Set<Integer> DOUBTFUL = Set.of(404, 502);

    /** What the waits for a backend tell when they are late says more: they go first. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final Operations operations;
    private final BackendClient client;
    private final ConnectRequest request;
    private final Duration limit;
    private final Ticker ticker;

    // Guarded by this object.
    private @Nullable CompletableFuture<ConnectResponse> connection;
    private @Nullable WebTarget target;
    private boolean closed;

    DefaultBackendHandle(
            Operations operations, BackendClient client, ConnectRequest request, Duration limit, Ticker ticker) {
        this.operations = operations;
        this.client = client;
        this.request = request;
        this.limit = limit;
        this.ticker = ticker;
    }

    @Override
    public ConnectResponse connection() {
        // A copy: whoever is interrupted gives up his own wait, not that of the others.
        return Failures.join(present().copy());
    }

    private synchronized CompletableFuture<ConnectResponse> present() {
        requireOpen();
        CompletableFuture<ConnectResponse> present = connection;
        if (present == null || present.isCompletedExceptionally()) {
            present = operations.untilClosed(new CompletableFuture<>());
            connection = present;
            makeInTime(present);
        }
        return present;
    }

    private void makeInTime(CompletableFuture<ConnectResponse> result) {
        Failures.later(
                ticker,
                Deadline.sum(limit, GRACE),
                result,
                () -> result.completeExceptionally(new JamsocketConnectionException(
                        "no answer to the connect of " + this + " within " + limit, null, true)));
        connect(result, new Steps(result), Deadline.after(limit, ticker), true);
    }

    private void connect(
            CompletableFuture<ConnectResponse> result, Steps steps, Deadline deadline, boolean mayReplace) {
        Duration left = left(deadline);
        boolean isKeyed = request.key() != null && request.waitForEnding() == null;
        ConnectRequest patient =
                isKeyed ? request.toBuilder().waitForEnding(left).build() : request;
        var answer = Failures.stage(() -> operations.connect(patient).start());
        steps.then(answer.toCompletableFuture(), (response, failure) -> {
            if (response == null) {
                result.completeExceptionally(
                        Failures.ofWholeWait(Objects.requireNonNull(failure), BackendStatus.READY, limit));
            } else if (response.status() == BackendStatus.READY) {
                result.complete(response);
            } else {
                awaitReady(response, result, steps, deadline, mayReplace);
            }
        });
    }

    private void awaitReady(
            ConnectResponse response,
            CompletableFuture<ConnectResponse> result,
            Steps steps,
            Deadline deadline,
            boolean mayReplace) {
        var ready = operations.awaitReady(response.backendId(), left(deadline)).start();
        steps.then(ready, (state, failure) -> {
            if (failure == null) {
                result.complete(response);
            } else if (failure instanceof BackendEndedException && mayReplace && !response.spawned()) {
                connect(result, steps, deadline, false);
            } else {
                result.completeExceptionally(Failures.ofWholeWait(failure, BackendStatus.READY, limit));
            }
        });
    }

    /** Too late is told by the wait itself. */
    private static Duration left(Deadline deadline) {
        return Deadline.max(deadline.left(), Duration.ofNanos(1));
    }

    @Override
    public boolean isOver(ConnectResponse used, int status) {
        if (status != GONE && !(DOUBTFUL.contains(status) && hasEnded(used.backendId()))) {
            return false;
        }
        giveUp(used);
        return true;
    }

    private boolean hasEnded(String backendId) {
        try {
            return operations.statusNow(backendId).run().status().isEnding();
        } catch (BackendNotFoundException e) {
            return true;
        } catch (JamsocketException e) {
            // Nobody can tell, or not soon enough for the request that waits: then the answer is what it is.
            return false;
        }
    }

    /** Unless another has connected again meanwhile. */
    private synchronized void giveUp(ConnectResponse used) {
        CompletableFuture<ConnectResponse> present = connection;
        if (present != null
                && present.isDone()
                && !present.isCompletedExceptionally()
                && present.join().equals(used)) {
            connection = null;
        }
    }

    @Override
    public synchronized WebTarget target() {
        requireOpen();
        WebTarget present = target == null ? client.target(this) : target;
        target = present;
        return present;
    }

    @Override
    public URI webSocketUrl(String path) {
        return connection().webSocketUrl(path);
    }

    @Override
    public synchronized void reconnect() {
        if (connection != null && connection.isDone()) {
            connection = null;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the handle of the backend is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        connection = null;
        target = null;
    }

    @Override
    public String toString() {
        return "BackendHandle[key=" + request.key() + "]";
    }
}
