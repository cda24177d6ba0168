package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import com.jamsocket.internal.dev.http.RelayedRequest;
import java.util.Map;
import java.util.function.Consumer;

/** An exchange that stands before another. */
abstract class ForwardingExchange implements Exchange {

    private final Exchange exchange;

    ForwardingExchange(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public HttpRequest request() {
        return exchange.request();
    }

    @Override
    public void reply(HttpReply reply) {
        exchange.reply(reply);
    }

    @Override
    public Consumer<String> stream(Map<String, String> headers, Runnable gone) {
        return exchange.stream(headers, gone);
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
    public void whenGone(Runnable gone) {
        exchange.whenGone(gone);
    }

    @Override
    public boolean isOpen() {
        return exchange.isOpen();
    }

    @Override
    public void drop(boolean reset) {
        exchange.drop(reset);
    }

    @Override
    public void slowDown() {
        exchange.slowDown();
    }
}
