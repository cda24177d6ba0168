package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Listens on a port of the loopback interface and hands the requests of all connections to one handler. On the loop's
 * thread only, once the loop runs; it ends with the loop.
 */
public final class HttpServer {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final String HOST = "127.0.0.1";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 1024;
    private static final Duration UNTIL_NEXT_TRY = Duration.ofMillis(200);

    private final EventLoop loop;
    private final URI url;
    private final ByteBuffer readBuffer = HttpConnection.readBuffer();
    private final Set<HttpConnection> connections = new HashSet<>();
    private ServerSocketChannel listener;
    private final UpstreamPool upstreams;
    private Consumer<Exchange> handler = exchange -> exchange.reply(HttpReply.empty(503));
    private Predicate<HttpRequest> streamed = request -> false;
    private int refusals;

    /** Takes the port, or a free one for 0. */
    public HttpServer(EventLoop loop, int port) throws IOException {
        this.loop = loop;
        upstreams = new UpstreamPool(loop, readBuffer);
        listener = listen(port);
        loop.register(listener, SelectionKey.OP_ACCEPT, new Acceptor());
        url = URI.create("http://" + HOST + ":" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/");
    }

    private static ServerSocketChannel listen(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            // The address in the URL: the loopback address of the JVM may be another.
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
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

    /** The address, with a slash at its end. */
    public URI url() {
        return url;
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
        closeListener();
        refusals++;
        var unused = loop.after(time, () -> {
            refusals--;
            if (refusals == 0) {
                listenAgain();
            }
        });
    }

    private void listenAgain() {
        try {
            listener = listen(url.getPort());
            loop.register(listener, SelectionKey.OP_ACCEPT, new Acceptor());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "port " + url.getPort() + " is taken; trying again", e);
            refuseConnections(UNTIL_NEXT_TRY);
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listening socket was not closed", e);
        }
    }

    private final class Acceptor implements EventLoop.ChannelHandler {

        @Override
        public void ready(SelectionKey key) throws IOException {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                open(new HttpConnection(loop, channel, readBuffer, upstreams, streamed, handler, connections::remove));
            }
        }

        /** The loop ends. Otherwise it could not accept a connection, which is no reason to be deaf for good. */
        @Override
        public void abandon() {
            refuseConnections(UNTIL_NEXT_TRY);
        }
    }
}
