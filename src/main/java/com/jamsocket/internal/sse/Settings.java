package com.jamsocket.internal.sse;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a source was built with. */
record Settings(
        Handshake handshake,
        HttpClient client,
        Executor executor,
        ScheduledExecutorService timer,
        Clock clock,
        LongSupplier nanoTime,
        Backoff backoff,
        Duration silenceLimit,
        int maxEventLength,
        String lastEventId,
        ReconnectListener reconnectListener,
        @Nullable Supplier<? extends CompletionStage<?>> reconnectCheck) {}
