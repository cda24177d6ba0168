package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.testkit.ReservedPort;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server on a loopback port that plays one script per connection: the first connection gets the first script, and so
 * on; the last script serves all that follow. It speaks bytes, not HTTP, so it can break off wherever a real server
 * could.
 */
final class ScriptedServer implements Closeable {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private final List<Script> scripts;
    private final ReservedPort port = new ReservedPort();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> goodbyes = new LinkedBlockingQueue<>();
    private final List<Request> allRequests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile ServerSocket listener;

    private ScriptedServer(List<Script> scripts) throws IOException {
        this.scripts = scripts;
        this.listener = listen();
        accept(listener);
    }

    static ScriptedServer playing(Script... scripts) {
        try {
            return new ScriptedServer(List.of(scripts));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A script that begins with the head of an event stream. */
    static Script stream() {
        return new Script().send(STREAM_HEAD);
    }

    /** A complete response with a length. */
    static Script answer(String status, String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n");
        Arrays.stream(headers).forEach(header -> head.append(header).append("\r\n"));
        return new Script().send(head + "\r\n" + body);
    }

    /** A script without a head. */
    static Script raw() {
        return new Script();
    }

    URI uri() {
        return port.url().resolve("/stream");
    }

    /** The next request that arrived, in order. */
    Request nextRequest() throws InterruptedException {
        Request request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no further request within 5 s; so far " + allRequests);
        }
        return request;
    }

    List<Request> allRequests() {
        return allRequests;
    }

    /** Whether the client ended a connection that a script was waiting on, within the time. */
    boolean seesFinWithin(long millis) throws InterruptedException {
        return goodbyes.poll(millis, TimeUnit.MILLISECONDS) != null;
    }

    /** Refuses connections from now on, on a port that nobody else gets. */
    void goDown() throws IOException {
        listener.close();
    }

    /** Refuses connections for so long, then accepts them again on the same port. */
    void goDownFor(Duration outage) throws IOException {
        goDown();
        CompletableFuture.delayedExecutor(outage.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::comeBack);
    }

    private void comeBack() {
        try {
            listener = listen();
            accept(listener);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        port.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private ServerSocket listen() throws IOException {
        return new ServerSocket(port.forServer(), 50, InetAddress.getLoopbackAddress());
    }

    private void accept(ServerSocket from) {
        daemon("scripted-server", () -> {
            while (!from.isClosed()) {
                Socket socket = from.accept();
                sockets.add(socket);
                daemon("scripted-connection", () -> serve(socket));
            }
        });
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            socket.setTcpNoDelay(true);
            Request request = Request.read(socket.getInputStream());
            int number;
            synchronized (allRequests) {
                number = allRequests.size();
                allRequests.add(request);
            }
            requests.add(request);
            for (Step step : scripts.get(Math.min(number, scripts.size() - 1)).steps) {
                step.play(socket, this);
            }
        }
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException expected) {
                        // The client has left, or the test is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** One thing that a server does on a connection. */
    @FunctionalInterface
    interface Step {
        void play(Socket socket, ScriptedServer server) throws IOException, InterruptedException;
    }

    /** What happens on one connection, after its request was read. After the last step the server ends it. */
    static final class Script {
        private final List<Step> steps = new ArrayList<>();

        Script send(String text) {
            return send(text.getBytes(UTF_8));
        }

        Script send(byte[] bytes) {
            return then((socket, server) -> {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            });
        }

        /** Sends bytes one at a time, each in a packet of its own. */
        Script trickle(String text) {
            for (byte each : text.getBytes(UTF_8)) {
                send(new byte[] {each});
            }
            return this;
        }

        /** Sends the same block so many times. */
        Script flood(byte[] block, int times) {
            return then((socket, server) -> {
                for (int i = 0; i < times; i++) {
                    socket.getOutputStream().write(block);
                }
            });
        }

        /** Breaks the connection, so that the client sees a reset. */
        Script reset() {
            return then((socket, server) -> {
                socket.setSoLinger(true, 0);
                socket.close();
            });
        }

        /** Waits for the test. */
        Script await(CountDownLatch latch) {
            return then((socket, server) -> {
                if (!latch.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test never let the server go on");
                }
            });
        }

        /** Says nothing more, keeps the connection open, and takes note when the client ends it. */
        Script awaitFin() {
            return then((socket, server) -> {
                try {
                    socket.getInputStream().skip(Long.MAX_VALUE);
                } finally {
                    server.goodbyes.add(socket.getPort());
                }
            });
        }

        Script then(Step step) {
            steps.add(step);
            return this;
        }
    }

    /** The head of a request, and when it was read, which is before it is answered. */
    record Request(String line, List<String> headers, long arrival) {
        static Request read(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new SocketException("no request");
                }
                head.append((char) next);
            }
            List<String> lines =
                    head.toString().lines().filter(line -> !line.isEmpty()).toList();
            return new Request(lines.get(0), lines.subList(1, lines.size()), System.nanoTime());
        }

        /** The values of a header, in order. */
        List<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(header -> header.substring(name.length() + 1).strip())
                    .toList();
        }
    }
}
