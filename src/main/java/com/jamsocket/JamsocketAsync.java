package com.jamsocket;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link Jamsocket} without blocking; see there for what they mean.
 *
 * <p>The stages fail with the {@link JamsocketException} itself that the blocking method throws. What depends on a
 * stage runs on the client's executor; {@code toCompletableFuture().get()} and {@code join()} return as soon as the
 * answer is there, however busy that executor is. At most {@link Jamsocket.Builder#asyncCalls(int)} calls are under way
 * at once, others wait for their turn; waits and streams need no thread and do not count. Arguments that no server
 * would take are refused by the call itself. Completing or cancelling a stage
 * ({@code toCompletableFuture().cancel(true)}) gives up what it stands for: it ends a wait, closes the stream, and
 * retries no more; it does not call back a request that was sent.
 */
@DoNotImplement
public interface JamsocketAsync {

    /** See {@link Jamsocket#connect()}. */
    default CompletionStage<ConnectResponse> connect() {
        return connect(ConnectRequest.builder().build());
    }

    /** See {@link Jamsocket#connect(ConnectRequest)}. */
    CompletionStage<ConnectResponse> connect(ConnectRequest request);

    /** See {@link Jamsocket#status(String)}. */
    CompletionStage<BackendState> status(String backendId);

    /** See {@link Jamsocket#statusStream(String, StatusListener)}. */
    CompletionStage<StatusSubscription> statusStream(String backendId, StatusListener listener);

    /** See {@link Jamsocket#awaitReady(String, Duration)}. */
    CompletionStage<BackendState.Ready> awaitReady(String backendId, Duration timeout);

    /** See {@link Jamsocket#awaitTerminated(String, Duration)}. */
    CompletionStage<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout);

    /** See {@link Jamsocket#terminate(String, TerminationKind)}. */
    CompletionStage<@Nullable Void> terminate(String backendId, TerminationKind kind);

    /** See {@link Jamsocket#ping()}. */
    CompletionStage<Duration> ping();
}
