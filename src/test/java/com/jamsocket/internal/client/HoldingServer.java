package com.jamsocket.internal.client;

import com.jamsocket.testkit.ReservedPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Jamsocket API whose backends are ready, which holds each answer until it is told to answer, and counts those that
 * it holds. It can go down, and come back at its port.
 */
final class HoldingServer implements AutoCloseable {

    private static final String STATE = "{\"status\":\"ready\",\"time\":\"2024-11-04T20:42:21.123Z\"}";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + STATE.length() + "\r\n\r\n" + STATE;
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: ready\ndata: " + STATE + "\n\n";

    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    private final Semaphore mayAnswer = new Semaphore(0);
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostHeld = new AtomicInteger();
    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger streams = new AtomicInteger();
    private final ReservedPort port = new ReservedPort();
    private volatile ServerSocket listener = listen();

    HoldingServer() throws IOException {
        accept(listener);
    }

    private ServerSocket listen() throws IOException {
        return new ServerSocket(port.forServer(), 500, InetAddress.getLoopbackAddress());
    }

    URI uri() {
        return port.url();
    }

    /** Answers so many requests, those that are held and those that will come. */
    void answer(int requests) {
        mayAnswer.release(requests);
    }

    /** Holds what comes from now on. */
    void hold() {
        mayAnswer.drainPermits();
    }

    int held() {
        return held.get();
    }

    int mostHeld() {
        return mostHeld.get();
    }

    /** Refuses connections, and drops those that there are. */
    void goDown() throws IOException {
        listener.close();
        dropConnections();
    }

    /** Those that there are, but for those that come in their place. */
    void dropConnections() throws IOException {
        List<Socket> present = List.copyOf(connections);
        connections.removeAll(present);
        for (Socket connection : present) {
            connection.close();
        }
    }

    void comeBack() throws IOException {
        listener = listen();
        accept(listener);
    }

    private void accept(ServerSocket from) {
        start(() -> {
            try {
                while (true) {
                    Socket connection = from.accept();
                    connections.add(connection);
                    start(() -> serve(connection));
                }
            } catch (IOException e) {
                // Closed.
            }
        });
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "holding-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket connection) {
        try {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            int next;
            while ((next = in.read()) >= 0) {
                head.append((char) next);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    if (!connections.contains(connection)) {
                        // About to be closed: a client that has used it once more meanwhile asks on another one.
                        return;
                    }
                    boolean stream = head.indexOf("/stream ") >= 0;
                    head.setLength(0);
                    (stream ? streams : questions).incrementAndGet();
                    hold(connection, stream ? STREAM : ANSWER);
                }
            }
        } catch (IOException | InterruptedException e) {
            // The other side left.
        }
    }

    private void hold(Socket connection, String answer) throws IOException, InterruptedException {
        mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
        mayAnswer.acquire();
        held.decrementAndGet();
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        mayAnswer.release(1_000_000);
        goDown();
        port.close();
    }
}
