package com.jamsocket.internal.dev.http;

import com.jamsocket.internal.Ticker;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Listens on a port and hands the requests of all connections to one handler. On the loop's thread only, once the loop
 * runs; it ends with the loop.
 */
public final class HttpServer {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int BACKLOG = 1024;
    private static final Duration UNTIL_NEXT_TRY = Duration.ofMillis(200);

    /** How long a request may take to arrive, as hyper has it for heads. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final EventLoop loop;
    private final ByteBuffer readBuffer = HttpConnection.readBuffer();
    private final Set<HttpConnection> connections = new HashSet<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final UpstreamPool upstreams;
    private Consumer<Exchange> handler = exchange -> exchange.reply(HttpReply.empty(503));
    private Predicate<HttpRequest> streamed = request -> false;
    private Duration requestTimeout = REQUEST_TIMEOUT;
    private Ticker outages;
    private int refusals;

    /**
     * Takes the port, or a free one for 0.
     *
     * @param host the address to listen on; for 127.0.0.1 also ::1, where there is one: {@code localhost} may mean
     *     either
     */
    public HttpServer(EventLoop loop, InetAddress host, int port) throws IOException {
        this.loop = loop;
        outages = loop;
        upstreams = new UpstreamPool(loop, readBuffer, UpstreamPool.IDLE_TIME);
        listen(new InetSocketAddress(host, port));
        if (host.equals(loopback()) && hasLoopback6()) {
            listenThereToo(port);
        }
    }

    /** 127.0.0.1: the loopback address of the JVM may be another. */
    public static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(LOOPBACK);
    }

    private static boolean hasLoopback6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByAddress(LOOPBACK_6)) != null;
    }

    private void listenThereToo(int wanted) throws IOException {
        try {
            listen(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK_6), port()));
        } catch (IOException e) {
            if (wanted != 0) {
                // Somebody else there would get what is meant for this server.
                closeListeners();
                throw e;
            }
            LOG.log(Level.DEBUG, "Port " + port() + " is taken on ::1", e);
        }
    }

    private void listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = bound(address);
        listeners.add(channel);
        addresses.add((InetSocketAddress) channel.getLocalAddress());
        loop.register(channel, SelectionKey.OP_ACCEPT, new Acceptor(channel));
    }

    private static ServerSocketChannel bound(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Hands the requests of new connections to this handler, with their bodies. */
    public void serve(Consumer<Exchange> requests) {
        serve(requests, request -> false);
    }

    /**
     * Hands the requests of new connections to this handler.
     *
     * @param streamedRequests those that are handed over as soon as their head is there: to be relayed, or answered
     */
    public void serve(Consumer<Exchange> requests, Predicate<HttpRequest> streamedRequests) {
        handler = requests;
        streamed = streamedRequests;
    }

    /** The port. */
    public int port() {
        return addresses.get(0).getPort();
    }

    /** Ends connections whose request has not arrived whole in this time. */
    public void requestTimeout(Duration timeout) {
        requestTimeout = timeout;
    }

    /** Measures by this time how long connections are refused; its tasks must run on the loop's thread. */
    public void outages(Ticker time) {
        outages = time;
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    /** Resets every connection. The selector lets go of them with its next turn. */
    public void dropConnections() {
        List.copyOf(connections).forEach(HttpConnection::abandon);
    }

    private void open(HttpConnection connection) {
        connections.add(connection);
        try {
            connection.open();
        } catch (IOException e) {
            // The client went away: its affair.
            connection.abandon();
        }
    }

    /** Lets the port go, and takes it again when the last of those who asked for this does not need it any more. */
    public void refuseConnections(Duration time) {
        refuseConnections(time, outages);
    }

    private void refuseConnections(Duration time, Ticker ticker) {
        closeListeners();
        refusals++;
        var unused = ticker.after(time, () -> {
            refusals--;
            if (refusals == 0) {
                listenAgain();
            }
        });
    }

    private void listenAgain() {
        List<InetSocketAddress> known = List.copyOf(addresses);
        addresses.clear();
        try {
            for (InetSocketAddress address : known) {
                listen(address);
            }
        } catch (IOException e) {
            addresses.clear();
            addresses.addAll(known);
            LOG.log(Level.WARNING, "port " + port() + " is taken; trying again", e);
            refuseConnections(UNTIL_NEXT_TRY, loop);
        }
    }

    private void closeListeners() {
        for (ServerSocketChannel listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the listening socket was not closed", e);
            }
        }
        listeners.clear();
    }

    private final class Acceptor implements EventLoop.ChannelHandler {

        private final ServerSocketChannel listener;

        Acceptor(ServerSocketChannel listener) {
            this.listener = listener;
        }

        @Override
        public void ready(SelectionKey key) throws IOException {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                open(new HttpConnection(
                        loop, channel, readBuffer, upstreams, requestTimeout, streamed, handler, connections::remove));
            }
        }

        /** The loop ends. Otherwise it could not accept a connection, which is no reason to be deaf for good. */
        @Override
        public void abandon() {
            refuseConnections(UNTIL_NEXT_TRY, loop);
        }
    }
}
