package com.jamsocket.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxies of the JVM, whoever sets them when. */
class PresentProxiesTest {

    private static final URI SERVER = URI.create("http://server.invalid/");
    private static final SocketAddress PROXY = InetSocketAddress.createUnresolved("proxy.invalid", 3128);

    private final ProxySelector before = ProxySelector.getDefault();
    private final ProxySelector proxies = new PresentProxies();

    @AfterEach
    void restore() {
        ProxySelector.setDefault(before);
    }

    @Test
    void areThoseThatAreSetLaterAndHearWhatCouldNotBeReached() {
        List<SocketAddress> failed = new ArrayList<>();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.HTTP, PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                failed.add(address);
            }
        });

        assertThat(proxies.select(SERVER)).extracting(Proxy::address).containsExactly(PROXY);
        proxies.connectFailed(SERVER, PROXY, new IOException("down"));
        assertThat(failed).containsExactly(PROXY);
    }

    @Test
    void areNoneWhereTheJvmHasNone() {
        ProxySelector.setDefault(null);

        assertThat(proxies.select(SERVER)).containsExactly(Proxy.NO_PROXY);
        proxies.connectFailed(SERVER, PROXY, new IOException("down"));
    }
}
