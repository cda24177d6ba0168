package com.jamsocket.internal.sse;

import com.jamsocket.internal.dev.time.ForwardingHttpClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** An HTTP client whose bodies are told of their end only once a latch lets them be. */
final class LateCompletion extends ForwardingHttpClient {
    private final CountDownLatch latch;

    LateCompletion(HttpClient client, CountDownLatch latch) {
        super(client);
        this.latch = latch;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return client().sendAsync(request, head -> new Late<>(handler.apply(head)));
    }

    private final class Late<T> implements BodySubscriber<T> {
        private final BodySubscriber<T> subscriber;

        Late(BodySubscriber<T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public CompletionStage<T> getBody() {
            return subscriber.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> chunk) {
            subscriber.onNext(chunk);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            PooledConnectionTest.awaitUninterrupted(latch);
            subscriber.onComplete();
        }
    }
}
