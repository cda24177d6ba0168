package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

/** The start of a body that is no event stream: so many bytes as tell what went wrong, within a time. */
final class LimitedBody extends Body {
    private static final int LIMIT = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DelayTimer timer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    LimitedBody(DelayTimer timer) {
        this.timer = timer;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Future<?> impatience = timer.after(PATIENCE, this::finish);
        getBody().whenComplete((body, failure) -> impatience.cancel(false));
        super.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> chunk) {
        for (ByteBuffer buffer : chunk) {
            byte[] part = new byte[Math.min(buffer.remaining(), LIMIT - bytes.size())];
            buffer.get(part);
            bytes.writeBytes(part);
        }
        if (bytes.size() < LIMIT) {
            requestMore();
        } else {
            finish();
        }
    }

    @Override
    public void onComplete() {
        text.complete(bytes.toString(UTF_8));
    }

    private void finish() {
        text.complete(bytes.toString(UTF_8));
        cancel();
    }
}
