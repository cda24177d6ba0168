package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A transport in a time that a test moves, of which it is seen what is under way. What a thread waits for is seen by
 * its own turn.
 */
final class TestedTransport extends ForwardingTransport {

    private final TestTime time;
    private final HttpClient streams;

    TestedTransport(Transport transport, TestTime time) {
        super(transport);
        this.time = time;
        this.streams = time.tracked(transport.streams());
    }

    @Override
    public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
        CompletableFuture<Reply> told = new CompletableFuture<>();
        // Under way until whoever waits for the answer has gone on.
        TestTime.Turn underWay = time.turn("a request, " + call);
        CompletableFuture<Reply> reply = transport().sendAsync(call, filterExecutor);
        Stages.whenDone(reply, (received, failure) -> {
            try (underWay) {
                if (received == null) {
                    told.completeExceptionally(Objects.requireNonNull(failure));
                } else {
                    told.complete(received);
                }
            }
        });
        Stages.cancelWhenDone(told, reply);
        return told;
    }

    @Override
    public HttpClient streams() {
        return streams;
    }
}
