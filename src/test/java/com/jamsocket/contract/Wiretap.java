package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Stands between a client and a server and writes down what the client sends. Bytes, ends and resets pass through it as
 * they are.
 */
final class Wiretap implements AutoCloseable {

    private static final Pattern REQUEST =
            Pattern.compile("(GET|POST) (\\S+) HTTP/1\\.1\r\n(.*?\r\n)\r\n", Pattern.DOTALL);

    private final URI server;
    private final ServerSocket listener;
    private final List<ByteArrayOutputStream> connections = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Wiretap(URI server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** The requests of each connection so far, in order. */
    List<List<Request>> connections() {
        return connections.stream()
                .map(sent -> REQUEST.matcher(sent.toString(ISO_8859_1))
                        .results()
                        .map(Request::of)
                        .toList())
                .toList();
    }

    /** The requests whose path ends like this. */
    List<Request> requests(String path) {
        return connections().stream()
                .flatMap(List::stream)
                .filter(request -> request.path().endsWith(path))
                .toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket upstream = new Socket(server.getHost(), server.getPort());
            sockets.addAll(List.of(client, upstream));
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            connections.add(sent);
            daemon(() -> forward(client, upstream, sent));
            daemon(() -> forward(upstream, client, new ByteArrayOutputStream()));
        }
    }

    private static void forward(Socket from, Socket to, ByteArrayOutputStream copy) throws IOException {
        byte[] buffer = new byte[8192];
        try {
            OutputStream out = to.getOutputStream();
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                copy.write(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (SocketException reset) {
            to.setSoLinger(true, 0);
            to.close();
        }
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // One of the three has left.
                    }
                },
                "wiretap");
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** The head of a request. */
    record Request(String method, String path, List<String> headers) {
        private static Request of(MatchResult match) {
            return new Request(
                    match.group(1), match.group(2), match.group(3).lines().toList());
        }

        /** The values of a header. */
        List<String> header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }
}
