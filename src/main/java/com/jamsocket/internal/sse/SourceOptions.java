package com.jamsocket.internal.sse;

import com.jamsocket.internal.Ticker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a source was built with. */
record SourceOptions(
        Handshake handshake,
        HttpClient client,
        Executor executor,
        Executor filterExecutor,
        Ticker ticker,
        Backoff backoff,
        Duration silenceLimit,
        int maxEventLength,
        String lastEventId,
        RetryPolicy retryPolicy,
        ReconnectListener reconnectListener,
        @Nullable Supplier<? extends CompletionStage<?>> reconnectCheck) {}
