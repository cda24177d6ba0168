package com.jamsocket.internal.sse;

import com.jamsocket.internal.Ticker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

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
        Admission admission) {}
