package com.jamsocket.dev;

import com.jamsocket.internal.DaemonThreads;
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
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/** The running server: accepts connections and leads their requests to the faces. */
final class DevServerLoop implements EventLoop.Ready {

    private static final System.Logger LOGGER = System.getLogger(DevServerLoop.class.getName());
    private static final String HOST = "127.0.0.1";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 1024;
    private static final int WORKERS = 4;
    private static final Duration REFUSAL = Duration.ofMillis(200);

    private final EventLoop loop;
    private final URI url;
    private final Backends backends;
    private final Faults faults = new Faults();
    private final List<Face> faces;
    private final ExecutorService workers =
            DaemonThreads.namedForCaller("jamsocket-dev-backend").pool(WORKERS, Duration.ofSeconds(1));

    // On the loop's thread only.
    private final ByteBuffer readBuffer = HttpConnection.readBuffer();
    private final Set<HttpConnection> connections = new HashSet<>();
    private ServerSocketChannel listener;
    private int refusals;

    DevServerLoop(JamsocketDevServer.Builder settings) throws IOException {
        listener = listen(settings.port);
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        url = URI.create("http://" + HOST + ":" + port + "/");
        loop = new EventLoop("jamsocket-dev-" + port);
        backends = new Backends(loop, settings.lifecycle, settings.onChange);
        Striking striking = new Striking(faults, new FaultStrike(faults, () -> refuse(REFUSAL)));
        faces = List.of(
                new JamsocketFace(backends, striking, url, settings.token),
                new PlaneFace(loop, backends, striking, url, settings.keepalive),
                new Proxy(loop, backends, settings.handler, workers));
        loop.register(listener, SelectionKey.OP_ACCEPT, this);
        loop.start();
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

    URI url() {
        return url;
    }

    <T> T read(Function<Backends, T> question) {
        return loop.call(() -> question.apply(backends));
    }

    void change(Consumer<Backends> change) {
        on(() -> change.accept(backends));
    }

    void faults(Consumer<Faults> change) {
        on(() -> change.accept(faults));
    }

    private void on(Runnable task) {
        var unused = loop.call(() -> {
            task.run();
            return true;
        });
    }

    int connections() {
        return loop.call(connections::size);
    }

    void dropConnections() {
        on(() -> List.copyOf(connections).forEach(HttpConnection::abandon));
        awaitTurn();
    }

    void refuseConnections(Duration time) {
        on(() -> refuse(time));
        awaitTurn();
    }

    /** The selector lets go of what was closed with its next turn. */
    private void awaitTurn() {
        on(() -> {});
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            open(new HttpConnection(loop, channel, readBuffer, this::route, connections::remove));
        }
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

    private void route(Exchange exchange) {
        if (exchange.request().method().equals("OPTIONS")) {
            exchange.reply(HttpReply.empty(204)
                    .withDefault("access-control-allow-origin", "*")
                    .withDefault("access-control-allow-methods", "GET, POST")
                    .withDefault("access-control-allow-headers", "authorization, content-type"));
        } else if (faces.stream().noneMatch(face -> face.handle(exchange))) {
            exchange.reply(HttpReply.empty(404));
        }
    }

    /** Lets the port go, and takes it again when the last of those who asked for this does not need it any more. */
    private void refuse(Duration time) {
        closeListener();
        refusals++;
        loop.schedule(time, () -> {
            refusals--;
            if (refusals == 0) {
                listenAgain();
            }
        });
    }

    private void listenAgain() {
        try {
            listener = listen(url.getPort());
            loop.register(listener, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "port " + url.getPort() + " is taken; trying again", e);
            refuse(REFUSAL);
        }
    }

    /** The loop ends. Otherwise it could not accept a connection, which is no reason to be deaf for good. */
    @Override
    public void abandon() {
        refuse(REFUSAL);
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the listening socket was not closed", e);
        }
    }

    void close() {
        workers.shutdownNow();
        try {
            loop.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
