package com.jamsocket.internal.sse;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * The body of an event stream. Each chunk is decoded and handed over as one task of the source's serial executor, and
 * only then is the next one asked for: a slow consumer holds the server back instead of filling memory.
 */
final class EventStreamBody extends Body {
    private final EventStreamDecoder decoder;
    private final Executor serial;
    private final SilenceWatch watch;
    private final Consumer<Signal> receiver;

    EventStreamBody(EventStreamDecoder decoder, Executor serial, SilenceWatch watch, Consumer<Signal> receiver) {
        this.decoder = decoder;
        this.serial = serial;
        this.watch = watch;
        this.receiver = receiver;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        watch.heard();
        super.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> chunk) {
        watch.pause();
        serial.execute(() -> handOver(chunk));
    }

    private void handOver(List<ByteBuffer> chunk) {
        try {
            for (ByteBuffer part : chunk) {
                handOver(part);
            }
            watch.resume();
            requestMore();
        } catch (EventTooLongException tooLong) {
            end(tooLong);
            cancel();
        }
    }

    /**
     * Asks before a signal is taken, not after: with the signal the decoder has taken note of its id, and a server that
     * is told this id does not send the event again.
     */
    private void handOver(ByteBuffer part) throws EventTooLongException {
        while (!isCancelled()) {
            Signal signal = decoder.next(part);
            if (signal == null) {
                return;
            }
            receiver.accept(signal);
        }
    }

    @Override
    byte[] read() {
        return new byte[0];
    }
}
