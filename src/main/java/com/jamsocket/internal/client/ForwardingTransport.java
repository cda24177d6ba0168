package com.jamsocket.internal.client;

import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.client.WebTarget;
import java.net.http.HttpClient;

/** A transport that stands before another, and does what that does. */
abstract class ForwardingTransport implements Transport {

    private final Transport transport;

    ForwardingTransport(Transport transport) {
        this.transport = transport;
    }

    /** The other one. */
    final Transport transport() {
        return transport;
    }

    @Override
    public boolean needsThread(Call call) {
        return transport.needsThread(call);
    }

    @Override
    public Reply send(Call call, FollowUps followUps) {
        return transport.send(call, followUps);
    }

    @Override
    public boolean hasFilters() {
        return transport.hasFilters();
    }

    @Override
    public int credentials() {
        return transport.credentials();
    }

    @Override
    public boolean renewCredentials(int refused) {
        return transport.renewCredentials(refused);
    }

    @Override
    public WebTarget target(Call call) {
        return transport.target(call);
    }

    @Override
    public HttpClient streams() {
        return transport.streams();
    }

    @Override
    public void close() {
        transport.close();
    }
}
