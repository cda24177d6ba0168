package com.jamsocket.simulation;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Credentials;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.sse.BufferedResponse;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.sse.UnaryExchange;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Carries calls to a model of a server: over the simulated HTTP client, or at once where a thread would wait. */
final class SimulatedTransport implements Transport {

    static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private static final HttpSettings SETTINGS = new HttpSettings(
            Engine.BASE, Credentials.of(null, Map.of()), Duration.ofSeconds(10), READ_TIMEOUT, null, List.of());

    /** Shared by all runs, for it keeps nothing of a call. */
    private static final WebTarget TARGET = target();

    private final SimulatedHttp http;
    private final Answers answers;
    private final UnaryExchange exchange;
    private final boolean endsAtOnce;

    /** What comes back to a thread that has waited. */
    interface Answers {
        ModelServer.Reply to(Call call) throws IOException;
    }

    SimulatedTransport(SimulatedHttp http, Answers answers, SimulatedTime time, boolean endsAtOnce) {
        this.http = http;
        this.answers = answers;
        this.exchange = new UnaryExchange(http, time, READ_TIMEOUT, Reply.MAX_BODY);
        this.endsAtOnce = endsAtOnce;
    }

    private static WebTarget target() {
        Client client = ClientBuilder.newClient();
        HttpEventSource.prepare(client, Set.of());
        return client.target(Engine.BASE);
    }

    @Override
    public boolean needsThread(Call call) {
        return call.repeatable();
    }

    @Override
    public Reply send(Call call, FollowUps followUps) {
        try {
            ModelServer.Reply reply = answers.to(call);
            return new Reply(reply.status(), reply.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw NoAnswer.to(call, SETTINGS, e);
        }
    }

    @Override
    public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
        CompletableFuture<BufferedResponse> answer =
                exchange.send(target(call), call.method(), null, () -> null, filterExecutor);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Stages.whenDone(answer, (received, failure) -> {
            if (received != null) {
                reply.complete(Reply.of(
                        received.status(),
                        name -> received.headers().firstValue(name).orElse(null),
                        received.body()));
            } else {
                reply.completeExceptionally(
                        failure instanceof IOException ? NoAnswer.to(call, SETTINGS, failure) : failure);
            }
        });
        Stages.cancelWhenDone(reply, answer);
        return reply;
    }

    @Override
    public boolean hasFilters() {
        return false;
    }

    @Override
    public int credentials() {
        return 0;
    }

    @Override
    public boolean renewCredentials(int refused) {
        return false;
    }

    @Override
    public WebTarget target(Call call) {
        return TARGET.path(call.path());
    }

    @Override
    public HttpClient streams() {
        return http;
    }

    @Override
    public void close() {
        http.close(endsAtOnce);
    }
}
