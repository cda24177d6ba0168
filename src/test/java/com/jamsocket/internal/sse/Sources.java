package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What sources share in a test: clients, two callback threads, a timer. Delays are tiny. */
final class Sources implements AfterEachCallback {
    final ExecutorService executor =
            new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("test-callbacks"));
    final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("test-timer"));
    final ExecutorService network = Executors.newFixedThreadPool(2, daemons("test-network"));
    final HttpClient httpClient = HttpClient.newBuilder().executor(network).build();
    final Client client = ClientBuilder.newClient();
    final TimerTicker ticker = new TimerTicker(timer, Instant.parse("2026-11-01T10:00:00Z"));
    final Backoff backoff =
            Backoff.exponential(ticker).withInitialDelay(Duration.ofMillis(10)).withCap(Duration.ofMillis(40));

    Sources() {
        timer.setRemoveOnCancelPolicy(true);
        HttpEventSource.prepare(client);
    }

    HttpEventSource.Builder of(URI uri) {
        return HttpEventSource.newBuilder(client.target(uri))
                .httpClient(httpClient)
                .executor(executor)
                .ticker(ticker)
                .backoff(backoff)
                .silenceLimit(Duration.ofMillis(300));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        client.close();
        timer.shutdownNow();
        executor.shutdownNow();
        // The HTTP client has no close on Java 17; its threads end once nobody refers to it.
        network.shutdown();
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
