package com.jamsocket.internal.sse;

import com.jamsocket.internal.Stages;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** The start of a body that is no event stream: at most so many bytes, within a time. */
final class LimitedBody extends Body {

    private final int limit;
    private final Future<?> patience;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private LimitedBody(int limit, Duration time, DelayTimer timer, boolean whole) {
        this.limit = limit;
        this.patience = timer.after(time, () -> timeUp(whole, time));
        Stages.cancelWhenDone(getBody(), patience);
    }

    /** What tells what went wrong: as much as came in time. */
    static LimitedBody excerpt(DelayTimer timer) {
        return new LimitedBody(64 * 1024, Duration.ofSeconds(5), timer, false);
    }

    /** All of a body, up to one byte over the limit; half of one is a failure. */
    static LimitedBody whole(int limit, Duration time, DelayTimer timer) {
        return new LimitedBody(limit + 1, time, timer, true);
    }

    @Override
    public void onNext(List<ByteBuffer> chunk) {
        for (ByteBuffer buffer : chunk) {
            byte[] part = new byte[Math.min(buffer.remaining(), limit - received.size())];
            buffer.get(part);
            received.writeBytes(part);
        }
        if (received.size() < limit) {
            requestMore();
        } else {
            cancel();
        }
    }

    @Override
    byte[] read() {
        return received.toByteArray();
    }

    private void timeUp(boolean whole, Duration time) {
        // Nothing is not an empty body, which with some servers has a meaning.
        if (whole || received.size() == 0) {
            end(new HttpTimeoutException("The body did not come within " + time));
        }
        cancel();
    }
}
