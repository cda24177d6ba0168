package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HandledRequest;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.RelayedRequest;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last requests, with what became of them. On the loop's thread only. */
public final class RequestLog {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final int MAX_REQUESTS = 1_000;
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_REFUSAL = 1_000;

    private final Ticker ticker;
    private final Deque<HandledRequest> handled = new ArrayDeque<>();
    private final Consumer<HandledRequest> listener;

    RequestLog(Ticker ticker, Consumer<HandledRequest> listener) {
        this.ticker = ticker;
        this.listener = listener;
    }

    /** The last thousand, oldest first. */
    public List<HandledRequest> requests() {
        return List.copyOf(handled);
    }

    /** Forgets them. */
    public void clear() {
        handled.clear();
    }

    /** The same exchange, of which it is written down how it is answered. */
    Exchange record(Exchange exchange) {
        return new Recording(exchange);
    }

    private void add(HandledRequest request) {
        handled.add(request);
        if (handled.size() > MAX_REQUESTS) {
            handled.removeFirst();
        }
        try {
            listener.accept(request);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A listener failed", e);
        }
    }

    private final class Recording extends ForwardingExchange {

        private boolean added;

        Recording(Exchange exchange) {
            super(exchange);
        }

        private void answered(int status, @Nullable String refusal) {
            if (!added) {
                added = true;
                add(new HandledRequest(ticker.now(), request().withBodyUpTo(MAX_BODY), status, refusal));
            }
        }

        @Override
        public void reply(HttpReply reply) {
            String text = reply.status() < 400 ? null : new String(reply.body(), StandardCharsets.UTF_8);
            answered(
                    reply.status(),
                    text == null || text.length() <= MAX_REFUSAL ? text : text.substring(0, MAX_REFUSAL));
            super.reply(reply);
        }

        @Override
        public Consumer<String> stream(Map<String, String> headers, Runnable gone) {
            answered(200, null);
            return super.stream(headers, gone);
        }

        @Override
        public void relay(RelayedRequest relayed) {
            super.relay(new RelayedRequest(
                    relayed.address(),
                    relayed.request(),
                    head -> {
                        answered(head.status(), null);
                        return relayed.answered().apply(head);
                    },
                    status -> {
                        HttpReply reply = relayed.failed().apply(status);
                        answered(status, new String(reply.body(), StandardCharsets.UTF_8));
                        return reply;
                    },
                    () -> {
                        answered(0, null);
                        relayed.ended().run();
                    }));
        }

        @Override
        public void drop(boolean reset) {
            answered(0, null);
            super.drop(reset);
        }
    }
}
