package com.jamsocket.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    private final ServerSocket socket;
    private final SSLContext context;
    private final Consumer<SSLParameters> configuration;
    private final Handler handler;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public TlsServer(SSLContext context, Consumer<SSLParameters> configuration, Handler handler) throws IOException {
        this.context = context;
        this.configuration = configuration;
        this.handler = handler;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                threads.execute(() -> serve(accepted));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
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
        } catch (IOException e) {
            // The client did not agree, or is gone: what it makes of that is what is tested.
        }
    }

    private void serve(SSLSocket secure) throws IOException {
        String head = head(secure.getInputStream());
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            secure.getInputStream().skipNBytes(Integer.parseInt(length.group(1)));
        }
        handler.answer(head.lines().findFirst().orElse(""), secure.getOutputStream());
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("no whole request");
            }
            head.write(read);
        }
        return head.toString(ISO_8859_1);
    }
}
