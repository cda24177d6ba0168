package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class PublishedStreamTest {

    @Test
    void tellsItsSubscriberOfTheEndWhenThereIsNoThread() {
        List<Throwable> errors = new ArrayList<>();
        Flow.Subscriber<BackendState> subscriber = new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(BackendState state) {}

            @Override
            public void onError(Throwable failure) {
                errors.add(failure);
            }

            @Override
            public void onComplete() {}
        };
        IOException gone = new IOException("gone");

        Executor without = task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        new PublishedStream(subscriber, without, over -> {})
                .open(subscriber, () -> CompletableFuture.failedFuture(gone));

        assertThat(errors).containsExactly(gone);
    }
}
