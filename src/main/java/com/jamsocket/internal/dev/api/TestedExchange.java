package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.time.Stream;
import com.jamsocket.internal.dev.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** An exchange that a client in this JVM named as its stream, of which it is seen what has been sent. */
final class TestedExchange extends ForwardingExchange {

    private final Stream stream;

    private TestedExchange(Exchange exchange, Stream stream) {
        super(exchange);
        this.stream = stream;
    }

    /** Has an exchange handled, seen if it is for a stream that is. */
    static void handle(Exchange exchange, VirtualClock clock, Consumer<Exchange> handler) {
        String name = exchange.request().header(VirtualClock.STREAM_HEADER);
        Stream stream = name == null ? null : clock.stream(name);
        if (stream == null) {
            handler.accept(exchange);
        } else {
            stream.arrived();
            handler.accept(new TestedExchange(exchange, stream));
            stream.handled();
        }
    }

    @Override
    public void reply(HttpReply reply) {
        stream.ended();
        super.reply(reply);
    }

    @Override
    public Consumer<String> stream(Map<String, String> headers, Runnable gone) {
        stream.begun();
        Consumer<String> sink = super.stream(headers, () -> {
            stream.ended();
            gone.run();
        });
        return block -> {
            stream.sends(block.getBytes(StandardCharsets.UTF_8).length);
            sink.accept(block);
        };
    }

    @Override
    public void drop(boolean reset) {
        stream.ended();
        super.drop(reset);
    }
}
