package com.jamsocket.backend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Asks a backend as the platform's proxy does: with its headers in raw UTF-8, which the JDK's client cannot send. */
public final class ProxyClient {

    private static final int TIMEOUT = 10_000;

    private final int port;
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** Of a backend on this machine. */
    public ProxyClient(int port) {
        this.port = port;
    }

    /** Adds a header; its text goes out in UTF-8. */
    public ProxyClient with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** A client with the headers of a user's request. */
    public ProxyClient as(String user, String secret) {
        ProxyClient client = new ProxyClient(port);
        client.headers.putAll(headers);
        return client.with("x-verified-username", user)
                .with("x-verified-user-data", "{\"name\":\"" + user + "\"}")
                .with("x-verified-secret", secret)
                .with("x-verified-path", "/T0K3N/")
                .with("x-verified-backend", "b1");
    }

    /** An answer. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    public Answer get(String path) throws IOException {
        return ask("GET", path, "");
    }

    public Answer post(String path, String body) throws IOException {
        return ask("POST", path, body);
    }

    public Answer ask(String method, String path, String body) throws IOException {
        return ask(method, path, body, body.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Posts the beginning of a body, of which no more comes. */
    public Answer postBeginning(String path, String beginning, int announced) throws IOException {
        return ask("POST", path, beginning, announced);
    }

    private Answer ask(String method, String path, String body, int announced) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = open(method + " " + path
                + " HTTP/1.1\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: "
                + announced + "\r\n")) {
            socket.getOutputStream().write(bytes);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            Answer head = head(in);
            String length = head.headers.get("content-length");
            byte[] content = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
            return new Answer(head.status, head.headers, new String(content, StandardCharsets.UTF_8));
        }
    }

    /** Opens a WebSocket; its answer is not 101 where that is refused, and 0 where there is none. */
    public WebSocket webSocket(String path) throws IOException {
        Socket socket = open("GET " + path + " HTTP/1.1\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        return new WebSocket(socket);
    }

    private Socket open(String head) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT);
        StringBuilder request = new StringBuilder(head).append("host: 127.0.0.1:" + port + "\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static Answer head(DataInputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return new Answer(0, Map.of(), "");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(first.substring(9, 12)), headers, "");
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** A WebSocket, for short messages. */
    public static final class WebSocket implements AutoCloseable {

        private final Socket socket;
        private final DataInputStream in;
        private final Answer answer;

        private WebSocket(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            this.answer = head(in);
        }

        /** The status of the answer to the handshake. */
        public int status() {
            return answer.status;
        }

        public void send(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] frame = new byte[6 + bytes.length];
            frame[0] = (byte) 0x81;
            // Masked with zeros.
            frame[1] = (byte) (0x80 | bytes.length);
            System.arraycopy(bytes, 0, frame, 6, bytes.length);
            socket.getOutputStream().write(frame);
        }

        /** Whether something has come. */
        public boolean hasNext() throws IOException {
            return in.available() > 0;
        }

        /** The next message, or {@code close CODE REASON}, or {@code end}. */
        public String next() throws IOException {
            int first;
            try {
                first = in.read();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing came", e);
            }
            if (first < 0) {
                return "end";
            }
            byte[] payload = in.readNBytes(in.read() & 0x7f);
            if ((first & 0x0f) == 8) {
                int code = payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
                return ("close " + code + " " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8))
                        .strip();
            }
            return new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
