package com.jamsocket.plane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A session backend as a process of its own: it tells its port on a line, and answers every request with what it was
 * told by it, one {@code name: value} a line: path, verified headers, environment. {@code /exit/3} makes it crash.
 */
public final class EchoBackend {

    private EchoBackend() {}

    /** Runs until the process is ended. */
    public static void main(String... args) throws IOException {
        // A well-behaved process ends with 0 when it is asked to end.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EchoBackend::answer);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int exit = path.lastIndexOf("/exit/");
        if (exit >= 0) {
            Runtime.getRuntime().halt(Integer.parseInt(path.substring(exit + "/exit/".length())));
        }
        StringBuilder text = new StringBuilder("path: ").append(path).append('\n');
        lines(exchange)
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static Map<String, String> lines(HttpExchange exchange) {
        Map<String, String> lines = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-")) {
                lines.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("SESSION_BACKEND_") || name.startsWith("ECHO_")) {
                lines.put(name, value);
            }
        });
        return lines;
    }
}
