package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.jamsocket.testkit.SocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that answers each CONNECT with the next status, and where that is 200 is a tunnel to a server here. */
final class ConnectProxy implements AutoCloseable {

    static final int PASSES = 200;
    private static final int UNKNOWN_CLIENT = 407;

    private final SocketServer server = new SocketServer(this::serve);
    final Queue<Integer> next = new ConcurrentLinkedQueue<>();
    volatile int always = PASSES;

    /** The value of Proxy-Authorization without which nobody passes; empty for everybody. */
    volatile String credentials = "";

    ConnectProxy() throws IOException {}

    InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket client) throws IOException {
        while (true) {
            String head = SocketServer.head(client.getInputStream());
            Integer planned = next.poll();
            int status = planned == null ? always : planned;
            if (!credentials.isEmpty() && head.lines().noneMatch(this::hasCredentials)) {
                status = UNKNOWN_CLIENT;
            }
            client.getOutputStream().write(answer(status).getBytes(ISO_8859_1));
            if (status == PASSES) {
                String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
                tunnel(client, Integer.parseInt(target.substring(target.indexOf(':') + 1)));
                return;
            }
        }
    }

    private boolean hasCredentials(String header) {
        int colon = header.indexOf(':');
        return colon > 0
                && header.substring(0, colon).equalsIgnoreCase("Proxy-Authorization")
                && header.substring(colon + 1).strip().equals(credentials);
    }

    private static String answer(int status) {
        return "HTTP/1.1 " + status + " Because\r\n"
                + (status == PASSES ? "" : "Content-Length: 0\r\n")
                + (status == UNKNOWN_CLIENT ? "Proxy-Authenticate: Basic realm=\"x\"\r\n" : "") + "\r\n";
    }

    private void tunnel(Socket client, int port) throws IOException {
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.run(() -> {
                try {
                    client.getInputStream().transferTo(upstream.getOutputStream());
                    upstream.shutdownOutput();
                } catch (IOException e) {
                    // One of both is gone, and with it the tunnel.
                }
            });
            upstream.getInputStream().transferTo(client.getOutputStream());
        }
    }
}
