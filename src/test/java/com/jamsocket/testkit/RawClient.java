package com.jamsocket.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.dev.JamsocketDevServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client of bytes: sends what it is told to and shows what really comes over the wire. */
public final class RawClient implements Closeable {

    private final Socket socket;
    private final InputStream in;

    public RawClient(JamsocketDevServer server) throws IOException {
        this(server.url());
    }

    public RawClient(URI url) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** How a connection ended. */
    public enum End {
        FIN,
        RESET
    }

    /** An answer with its whole body. */
    public record Response(int status, Map<String, String> headers, String body) {}

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public RawClient get(String path, String... headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers) + "\r\n");
    }

    public RawClient post(String path, String json, String... headers) throws IOException {
        return send(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.getBytes(UTF_8).length + "\r\n" + lines(headers) + "\r\n" + json);
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    /** The head of the next answer, without the empty line. */
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            head.append((char) next());
        }
        return head.substring(0, head.length() - 4);
    }

    /** The next answer, which must have a length. */
    public Response answer() throws IOException {
        return answer(true);
    }

    /** The next answer, whose body is not sent. */
    public Response answerWithoutBody() throws IOException {
        return answer(false);
    }

    private Response answer(boolean withBody) throws IOException {
        String[] lines = head().split("\r\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        String body = new String(in.readNBytes(length), UTF_8);
        return new Response(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
    }

    /** What comes until the text is among it, with it. */
    public String until(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(text) < 0) {
            all.append((char) next());
        }
        return all.toString();
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new IOException("the connection ended too early");
        }
        return next;
    }

    /** What comes until the end of the connection. */
    public String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        end(all);
        return all.toString(ISO_8859_1);
    }

    /** How the connection ends; whatever comes before is read over. */
    public End end() throws IOException {
        return end(new ByteArrayOutputStream());
    }

    private End end(ByteArrayOutputStream before) throws IOException {
        try {
            in.transferTo(before);
            return End.FIN;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            return End.RESET;
        }
    }

    /** Sends nothing more, and reads on. */
    public RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Goes away at once, as a process does that is killed. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing comes for so long. */
    public boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.read() == Integer.MIN_VALUE;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(20_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
