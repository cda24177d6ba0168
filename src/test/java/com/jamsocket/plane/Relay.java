package com.jamsocket.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server, and cuts its connections when it is told to. Over several servers it is a
 * balancer: each connection goes to the next one that takes it.
 */
final class Relay implements AutoCloseable {

    private final List<URI> targets;
    private int next;
    private final ServerSocket server;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    Relay(URI... targets) throws IOException {
        this.targets = List.of(targets);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** Cuts all connections, and tells how many there were. */
    int cut() {
        int count = 0;
        for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
            count++;
            closeQuietly(socket);
        }
        return count;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket upstream = connect();
                if (upstream == null) {
                    client.close();
                    continue;
                }
                open.add(client);
                open.add(upstream);
                start(() -> copy(client, upstream));
                start(() -> copy(upstream, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Null if no server takes a connection. */
    private @Nullable Socket connect() {
        for (int tries = 0; tries < targets.size(); tries++) {
            URI target = targets.get(next++ % targets.size());
            try {
                return new Socket(target.getHost(), target.getPort());
            } catch (IOException e) {
                // It is down: the next one.
            }
        }
        return null;
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut, or gone by itself
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
