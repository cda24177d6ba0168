package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BulkheadFullException;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a server that does not answer, and who is let go. */
class BulkheadTest {

    private static final Call CALL = new JamsocketDialect("acme", "docs", ServerKind.API).status("b1");

    private final ManualTicker ticker = new ManualTicker();
    private final Threads threads = new Threads(null, 1) {
        @Override
        Ticker ticker() {
            return ticker;
        }
    };
    private final Bulkhead bulkhead = new Bulkhead(
            new CallSettings(Duration.ofSeconds(5), Duration.ofSeconds(45), Duration.ofSeconds(40), 1), threads);

    /** Threads that call at the same time are not in the order in which they then begin. */
    @Test
    @Timeout(30)
    void whoCannotLeaveWaitsInThePlaceOfWhoCameBefore() {
        try (Bulkhead.Caller first = bulkhead.enter(CALL);
                Bulkhead.Caller second = bulkhead.enter(CALL)) {
            assertThat(second.beginsItself()).isTrue();
            assertThat(first.beginsItself()).isFalse();
            ticker.advance(Duration.ofSeconds(1));

            assertThatExceptionOfType(BulkheadFullException.class)
                    .isThrownBy(() -> first.await(new CompletableFuture<>()));
        }
    }
}
