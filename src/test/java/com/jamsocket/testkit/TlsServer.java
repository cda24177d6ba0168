package com.jamsocket.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks TLS as those of production do: it ends a handshake that fails with an alert, which the JDK's own
 * HttpsServer does not. One request for each connection.
 */
public final class TlsServer implements AutoCloseable {

    /** What answers a request: its head and body, and then the connection is closed. */
    public interface Handler {
        void answer(String requestLine, OutputStream out) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final SSLContext context;
    private final Consumer<SSLParameters> configuration;
    private final Handler handler;
    private final SocketServer server;

    public TlsServer(SSLContext context, Consumer<SSLParameters> configuration, Handler handler) throws IOException {
        this.context = context;
        this.configuration = configuration;
        this.handler = handler;
        this.server = new SocketServer(this::serve);
    }

    public int port() {
        return server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket accepted) throws IOException {
        try (SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, false)) {
            SSLParameters parameters = secure.getSSLParameters();
            configuration.accept(parameters);
            secure.setSSLParameters(parameters);
            serve(secure);
        } finally {
            // Closed with bytes unread, the connection would be reset, and the last words with it.
            accepted.shutdownOutput();
            accepted.getInputStream().skip(Long.MAX_VALUE);
        }
    }

    private void serve(SSLSocket secure) throws IOException {
        String head = SocketServer.head(secure.getInputStream());
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            secure.getInputStream().skipNBytes(Integer.parseInt(length.group(1)));
        }
        handler.answer(head.lines().findFirst().orElse(""), secure.getOutputStream());
    }
}
