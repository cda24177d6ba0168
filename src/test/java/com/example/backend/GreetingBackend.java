package com.example.backend;

// snippet: jdk
import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.GracefulShutdown;
import com.jamsocket.backend.VerifiedRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

public final class GreetingBackend {

    public static void main(String... args) throws IOException {
        // On all interfaces: the proxy comes from outside of the container.
        HttpServer server =
                start(new InetSocketAddress(BackendEnvironment.current().port()));
        GracefulShutdown.builder()
                .step("finish what is being answered", Duration.ofSeconds(10), () -> server.stop(9))
                .install();
    }

    static HttpServer start(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", GreetingBackend::greet);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static void greet(HttpExchange exchange) throws IOException {
        try (exchange) {
            VerifiedRequest request = VerifiedRequest.of(exchange.getRequestHeaders());
            // The probe for readiness has no user, nor has a static token.
            String user = request.username() == null ? "stranger" : request.username();
            byte[] text = ("Hello, " + user + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, isHead ? -1 : text.length);
            if (!isHead) {
                exchange.getResponseBody().write(text);
            }
        }
    }
}
// end
