package com.jamsocket.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.jamsocket.BackendState;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.Schedules;
import com.jamsocket.testkit.States;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PublishedStreamRacesTest {

    private static final BackendState STARTING = States.STARTING;
    private static final BackendState.Terminated TERMINATED = States.TERMINATED;

    @Test
    void tellsEachStateAndOneEndWhateverIsAskedForMeanwhile() {
        Schedules.explore(() -> {
            Subscriber subscriber = new Subscriber();
            PublishedStream stream = subscriber.stream;
            stream.open(subscriber, CompletableFuture::new);
            Schedules.together(
                    () -> {
                        stream.onState(STARTING);
                        stream.onState(TERMINATED);
                        stream.onEnd(StreamEnd.terminated(TERMINATED));
                    },
                    () -> {
                        stream.request(1);
                        stream.request(1);
                    });
            assertEquals(List.of("starting", "terminated", "complete"), subscriber.heard());
        });
    }

    @Test
    void givesUpTheOpeningWheneverItIsCancelled() {
        Schedules.explore(() -> {
            Subscriber subscriber = new Subscriber();
            PublishedStream stream = subscriber.stream;
            CompletableFuture<StatusStream> opening = new CompletableFuture<>();
            AtomicBoolean asked = new AtomicBoolean();
            Schedules.together(
                    () -> stream.open(subscriber, () -> {
                        asked.set(true);
                        return opening;
                    }),
                    stream::cancel);
            assertEquals(List.of(), subscriber.heard());
            assertEquals(asked.get(), opening.isCancelled());
        });
    }

    @Test
    void tellsOneEndWhenADemandIsRefusedAsTheStreamEnds() {
        Schedules.explore(() -> {
            Subscriber subscriber = new Subscriber();
            PublishedStream stream = subscriber.stream;
            stream.open(subscriber, CompletableFuture::new);
            Schedules.together(() -> stream.onEnd(StreamEnd.closed()), () -> stream.request(0));
            assertEquals(1, subscriber.heard().size());
        });
    }

    @Test
    void tellsOneEndAndNothingAfterItWhenTheClientIsClosed() {
        Schedules.explore(() -> {
            Subscriber subscriber = new Subscriber();
            PublishedStream stream = subscriber.stream;
            stream.open(subscriber, CompletableFuture::new);
            Schedules.together(
                    () -> {
                        stream.onState(TERMINATED);
                        stream.onEnd(StreamEnd.terminated(TERMINATED));
                    },
                    () -> {
                        stream.close();
                        stream.request(1);
                    });
            assertEquals(List.of("error"), subscriber.heard());
        });
    }

    /** A plain list: signals that come at the same time are a fault. */
    private static final class Subscriber implements Flow.Subscriber<BackendState> {

        private final Schedules.Threads threads = new Schedules.Threads();
        private final List<String> heard = new ArrayList<>();
        private final PublishedStream stream = new PublishedStream(this, threads, over -> {});

        List<String> heard() {
            threads.settle();
            return heard;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(BackendState state) {
            heard.add(state.statusName());
        }

        @Override
        public void onError(Throwable failure) {
            heard.add("error");
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    }
}
