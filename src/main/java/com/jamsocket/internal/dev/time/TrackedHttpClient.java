package com.jamsocket.internal.dev.time;

import com.jamsocket.internal.Stages;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** An HTTP client of streams, of each of which it is seen how far it has been read. */
final class TrackedHttpClient extends ForwardingHttpClient {

    private final Streams streams;

    TrackedHttpClient(HttpClient client, Streams streams) {
        super(client);
        this.streams = streams;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        Streams.Named named =
                streams.open(request.method() + " " + request.uri().getRawPath());
        Stream stream = named.stream();
        HttpRequest marked = HttpRequest.newBuilder(request, (name, value) -> true)
                .header(VirtualClock.STREAM_HEADER, named.name())
                .build();
        CompletableFuture<HttpResponse<T>> told = new CompletableFuture<>();
        CompletableFuture<HttpResponse<T>> sent = client().sendAsync(marked, head -> {
            stream.answered();
            return new TrackedBody<>(handler.apply(head), stream);
        });
        Stages.whenDone(sent, (response, failure) -> {
            if (failure == null) {
                told.complete(response);
            } else {
                told.completeExceptionally(failure);
            }
            stream.told(failure != null);
        });
        Stages.cancelWhenDone(told, sent);
        return told;
    }

    /** What reads a body, and is counted once it has. */
    private record TrackedBody<T>(BodySubscriber<T> body, Stream stream) implements BodySubscriber<T> {

        @Override
        public CompletionStage<T> getBody() {
            return body.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            body.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    subscription.request(count);
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                    stream.over();
                }
            });
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {
            int count = bytes.stream().mapToInt(ByteBuffer::remaining).sum();
            body.onNext(bytes);
            stream.read(count);
        }

        @Override
        public void onError(Throwable failure) {
            body.onError(failure);
            stream.over();
        }

        @Override
        public void onComplete() {
            body.onComplete();
            stream.over();
        }
    }
}
