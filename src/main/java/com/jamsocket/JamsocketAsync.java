package com.jamsocket;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link Jamsocket} without blocking; see there for what they mean.
 *
 * <p>The stages complete on a thread of the client's executor, exceptionally with the {@link JamsocketException} that the
 * blocking method throws. Arguments that no server would take are refused by the call itself. Completing or cancelling a
 * stage ({@code toCompletableFuture().cancel(true)}) ends a wait and closes its stream; it does not call back a request
 * that was sent.
 *
 * <p>This interface is not for implementation by applications: methods may be added to it.
 */
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
}
