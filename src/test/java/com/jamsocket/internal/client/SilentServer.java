package com.jamsocket.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A Jamsocket API that can fall silent: it takes connections and requests then, and answers none of them. */
final class SilentServer implements AutoCloseable {

    private static final String STATE = "{\"status\":\"ready\",\"time\":\"2024-11-04T20:42:21.123Z\"}";

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    final AtomicInteger requests = new AtomicInteger();
    /** What each of them began with, in order. */
    final Queue<String> heads = new ConcurrentLinkedQueue<>();

    private volatile String answer = "";

    private final Thread acceptor = new Thread(this::accept, "silent-server");

    SilentServer() throws IOException {
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Answers every request with a state from now on. */
    void answer() {
        answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + STATE.length() + "\r\n\r\n"
                + STATE;
    }

    /** Answers every request with this from now on. */
    void answer(int status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        answer = "HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                + bytes.length + "\r\n\r\n" + body;
    }

    void fallSilent() {
        answer = "";
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.add(connection);
                Thread thread = new Thread(() -> serve(connection), "silent-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            int next;
            while ((next = in.read()) >= 0) {
                head.append((char) next);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    heads.add(head.toString());
                    head.setLength(0);
                    requests.incrementAndGet();
                    answer(connection);
                }
            }
        } catch (IOException e) {
            // The other side left.
        }
    }

    private void answer(Socket connection) throws IOException {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listener.close();
        // It may have a connection in its hands that is not among those yet.
        acceptor.join();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
