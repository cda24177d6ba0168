package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import com.jamsocket.internal.dev.http.RelayedRequest;
import com.jamsocket.internal.dev.time.Stream;
import com.jamsocket.internal.dev.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** An exchange that a client in this JVM named as its stream, of which it is seen what has been sent. */
final class TestedExchange implements Exchange {

    private final Exchange exchange;
    private final Stream stream;

    private TestedExchange(Exchange exchange, Stream stream) {
        this.exchange = exchange;
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
    public HttpRequest request() {
        return exchange.request();
    }

    @Override
    public void reply(HttpReply reply) {
        stream.ended();
        exchange.reply(reply);
    }

    @Override
    public Consumer<String> stream(Map<String, String> headers, Runnable gone) {
        stream.begun();
        Consumer<String> sink = exchange.stream(headers, () -> {
            stream.ended();
            gone.run();
        });
        return block -> {
            stream.sends(block.getBytes(StandardCharsets.UTF_8).length);
            sink.accept(block);
        };
    }

    @Override
    public void relay(RelayedRequest relayed) {
        exchange.relay(relayed);
    }

    @Override
    public String remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public boolean isOpen() {
        return exchange.isOpen();
    }

    @Override
    public void drop(boolean reset) {
        stream.ended();
        exchange.drop(reset);
    }

    @Override
    public void slowDown() {
        exchange.slowDown();
    }
}
