package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.http.RestCaller;
import com.jamsocket.internal.sse.Answer;
import com.jamsocket.internal.sse.AsyncGet;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.Refusal;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks for the status beside a stream; no thread waits for the answer, however many streams ask. */
final class StatusProbe implements AutoCloseable {

    /** When to ask again a server that may not have heard yet of a backend which it has just given out. */
    private static final List<Duration> PATIENCE = List.of(Duration.ofMillis(500), Duration.ofSeconds(1));

    private final Dialect dialect;
    private final RestCaller rest;
    private final HttpSettings settings;
    private final AsyncGet get;
    private final Threads threads;
    private final Pending open = new Pending();

    StatusProbe(Dialect dialect, RestCaller rest, HttpSettings settings, AsyncGet get, Threads threads) {
        this.dialect = dialect;
        this.rest = rest;
        this.settings = settings;
        this.get = get;
        this.threads = threads;
    }

    /** The present state; fails as {@link com.jamsocket.Jamsocket#status(String)} does. */
    CompletionStage<BackendState> ask(String backendId) {
        Call call = dialect.status(backendId);
        return open.add(get.send(rest.target(call), MediaType.APPLICATION_JSON_TYPE))
                .handleAsync(
                        (answer, failure) -> understand(call, answer, Failures.unwrap(failure)), threads.callbacks());
    }

    /** Gives up the requests that are under way. */
    @Override
    public void close() {
        open.close();
    }

    /** The present state, of a backend that the server may have to be asked for twice. */
    CompletionStage<BackendState> confirm(String backendId) {
        return confirm(backendId, dialect.learnsOfBackendsLate() ? PATIENCE : List.of());
    }

    private CompletionStage<BackendState> confirm(String backendId, List<Duration> patience) {
        return ask(backendId).exceptionallyCompose(failure -> {
            if (patience.isEmpty() || !(Failures.unwrap(failure) instanceof BackendNotFoundException)) {
                return CompletableFuture.failedStage(failure);
            }
            return threads.after(patience.get(0))
                    .thenCompose(now -> confirm(backendId, patience.subList(1, patience.size())));
        });
    }

    private BackendState understand(Call call, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            Throwable cause = Failures.require(failure);
            throw cause instanceof IOException ? NoAnswer.to(call, settings, cause) : new CompletionException(cause);
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.status() < 200 || answer.status() > 299) {
            String retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
            throw Refusal.of(call, answer.status(), RetryAfter.parse(retryAfter, Instant.now()), body);
        }
        return dialect.state(body);
    }
}
