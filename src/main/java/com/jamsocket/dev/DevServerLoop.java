package com.jamsocket.dev;

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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The running server: accepts connections and leads their requests to the faces. */
final class DevServerLoop implements EventLoop.Ready {

    private static final int BACKLOG = 1024;
    private static final int WORKERS = 4;
    private static final Duration REFUSAL = Duration.ofMillis(200);

    private final EventLoop loop;
    private final URI url;
    private final Backends backends;
    private final Faults faults = new Faults();
    private final List<Face> faces;
    private final ExecutorService workers = workers();

    // On the loop's thread only.
    private final ByteBuffer readBuffer = HttpConnection.readBuffer();
    private final Set<HttpConnection> connections = new HashSet<>();
    private ServerSocketChannel listener;

    DevServerLoop(JamsocketDevServer.Builder settings) throws IOException {
        listener = listen(settings.port);
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        url = URI.create("http://127.0.0.1:" + port + "/");
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
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return channel;
    }

    private static ExecutorService workers() {
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(WORKERS, WORKERS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "jamsocket-dev-backend");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    URI url() {
        return url;
    }

    <T> T read(Function<Backends, T> question) {
        return loop.call(() -> question.apply(backends));
    }

    void change(Consumer<Backends> change) {
        on(() -> {
            change.accept(backends);
            return true;
        });
    }

    void faults(Consumer<Faults> change) {
        on(() -> {
            change.accept(faults);
            return true;
        });
    }

    private void on(Supplier<Boolean> task) {
        var unused = loop.call(task);
    }

    int connections() {
        return loop.call(connections::size);
    }

    void dropConnections() {
        on(() -> {
            List.copyOf(connections).forEach(HttpConnection::abandon);
            return true;
        });
    }

    void refuseConnections(Duration time) {
        on(() -> {
            refuse(time);
            return true;
        });
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            HttpConnection[] self = new HttpConnection[1];
            HttpConnection connection =
                    new HttpConnection(loop, channel, readBuffer, this::route, () -> connections.remove(self[0]));
            self[0] = connection;
            connections.add(connection);
            connection.open();
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

    /** Lets the port go and takes it again later. */
    private void refuse(Duration time) {
        closeListener();
        loop.schedule(time, this::listenAgain);
    }

    private void listenAgain() {
        if (listener.isOpen()) {
            return;
        }
        try {
            listener = listen(url.getPort());
            loop.register(listener, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            System.getLogger("com.jamsocket.dev")
                    .log(Level.ERROR, "port " + url.getPort() + " cannot be taken again", e);
        }
    }

    /** The loop ends. */
    @Override
    public void abandon() {
        closeListener();
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            System.getLogger("com.jamsocket.dev").log(Level.WARNING, "the listening socket was not closed", e);
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
