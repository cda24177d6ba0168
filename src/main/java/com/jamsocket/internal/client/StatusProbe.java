package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.sse.Admission;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for the status beside a stream; no thread waits for the answer, however many streams ask. */
final class StatusProbe {

    /** How often somebody else may answer in the place of the server until the address is taken for wrong. */
    private static final int FOREIGN_ANSWERS = 5;

    /** When to ask again a server that may not have heard yet of a backend which it has just given out. */
    private static final List<Duration> PATIENCE = List.of(Duration.ofMillis(500), Duration.ofSeconds(1));

    private final Dialect dialect;
    private final Transport transport;
    private final Retries retries;
    private final Threads threads;
    private final Openings openings;

    /** Is told how each question went by which a backend is confirmed to exist. */
    private final Consumer<@Nullable Throwable> attempted;

    /** Of one outage, whose first failure stands for all. */
    private final FailureLog outage = new FailureLog(System.getLogger("com.jamsocket"), Level.WARNING);

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    StatusProbe(Dialect dialect, Transport transport, Calls calls, Threads threads, Openings openings) {
        this.dialect = dialect;
        this.transport = transport;
        this.retries = calls.retries();
        this.attempted = calls::attempted;
        this.threads = threads;
        this.openings = openings;
    }

    /** The present state, asked for once; fails as {@link com.jamsocket.Jamsocket#status(String)} does. */
    CompletableFuture<BackendState> ask(String backendId) {
        Call call = dialect.status(backendId);
        CompletableFuture<BackendState> state = new CompletableFuture<>();
        CompletableFuture<Reply> reply = Failures.stage(() -> transport.sendAsync(call, threads.filters(transport)))
                .toCompletableFuture();
        Stages.whenDone(reply, (received, failure) -> threads.progress()
                .execute(() -> understand(call, received, failure, state)));
        Stages.cancelWhenDone(state, reply);
        return state;
    }

    /** The same, beside a connection that stands. A server that refuses connections is asked in turn only. */
    CompletableFuture<BackendState> compare(String backendId) {
        return openings.isOutage() ? askInTurn(backendId) : ask(backendId);
    }

    /** The same as a part of an opening, when it is its turn. */
    private CompletableFuture<BackendState> askInTurn(String backendId) {
        CompletableFuture<BackendState> state = new CompletableFuture<>();
        CompletableFuture<Admission.Turn> entered = openings.enter(false);
        Stages.whenDone(entered, (turn, failure) -> {
            if (turn == null) {
                state.completeExceptionally(refused(backendId, Objects.requireNonNull(failure)));
                return;
            }
            CompletableFuture<BackendState> question = ask(backendId);
            Stages.whenDone(question, (told, failed) -> {
                turn.concluded(failed);
                turn.close();
                if (told == null) {
                    state.completeExceptionally(Objects.requireNonNull(failed));
                } else {
                    state.complete(told);
                }
            });
            Stages.cancelWhenDone(state, question);
        });
        Stages.cancelWhenDone(state, entered);
        return state;
    }

    private JamsocketConnectionException refused(String backendId, Throwable outage) {
        return new JamsocketConnectionException(
                "no connection, as for others just now (" + dialect.status(backendId) + ")", outage, false);
    }

    private void understand(
            Call call, @Nullable Reply reply, @Nullable Throwable failure, CompletableFuture<BackendState> state) {
        if (reply == null) {
            state.completeExceptionally(Objects.requireNonNull(failure));
            return;
        }
        try {
            state.complete(dialect.state(
                    dialect.server().body(call, reply, threads.ticker().now())));
        } catch (RuntimeException | Error e) {
            state.completeExceptionally(e);
        }
    }

    /** The present state of a backend that must exist, retried like any call. */
    CompletableFuture<BackendState> confirm(String backendId) {
        return retries.start(dialect.status(backendId), () -> askLate(backendId));
    }

    /** The same, retried until somebody has waited long enough, who is told what is retried. */
    CompletableFuture<BackendState> confirmPatiently(String backendId, Consumer<Throwable> retried) {
        return retries.startUnlimited(dialect.status(backendId), () -> askLate(backendId), retried);
    }

    /** The same, retried with the delays of streams for as long as it may pass, and told once an outage. */
    CompletableFuture<BackendState> confirmForEver(String backendId, ClientSettings settings) {
        AtomicInteger notFromTheServer = new AtomicInteger();
        CompletableFuture<BackendState> confirmation = retries.start(
                dialect.status(backendId),
                () -> askLate(backendId),
                settings.unlimitedBackoff(threads.ticker()),
                failure -> {
                    waiting.add(backendId);
                    outage.logBriefly(
                            "outage",
                            "JAMSOCKET-201 The backend " + backendId + " cannot be followed yet, which is retried",
                            failure);
                    return !ServerKind.isForeign(failure) || notFromTheServer.incrementAndGet() < FOREIGN_ANSWERS;
                });
        Stages.whenDone(confirmation, (state, failure) -> {
            if (waiting.remove(backendId) && waiting.isEmpty()) {
                outage.end();
            }
        });
        return confirmation;
    }

    private CompletableFuture<BackendState> askLate(String backendId) {
        CompletableFuture<BackendState> result = new CompletableFuture<>();
        askLate(backendId, dialect.learnsOfBackendsLate() ? PATIENCE : List.of(), result);
        return result;
    }

    private void askLate(String backendId, List<Duration> patience, CompletableFuture<BackendState> result) {
        CompletableFuture<BackendState> question = askInTurn(backendId);
        Stages.whenDone(question, (state, failure) -> {
            attempted.accept(failure);
            if (failure == null) {
                result.complete(state);
                return;
            }
            Throwable cause = Objects.requireNonNull(failure);
            if (cause instanceof BackendNotFoundException && !patience.isEmpty()) {
                Failures.later(
                        threads.ticker(),
                        patience.get(0),
                        result,
                        () -> askLate(backendId, patience.subList(1, patience.size()), result));
            } else {
                result.completeExceptionally(cause);
            }
        });
        Stages.cancelWhenDone(result, question);
    }
}
