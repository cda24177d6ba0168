package com.jamsocket.internal.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/**
 * The proxies of the JVM as they are when a request is sent, as {@code HttpURLConnection} has them: the JDK's HTTP
 * client would keep those of the time at which it was made.
 */
final class PresentProxies extends ProxySelector {

    @Override
    public List<Proxy> select(URI uri) {
        ProxySelector present = ProxySelector.getDefault();
        return present == null ? List.of(Proxy.NO_PROXY) : present.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        ProxySelector present = ProxySelector.getDefault();
        if (present != null) {
            present.connectFailed(uri, address, failure);
        }
    }
}
