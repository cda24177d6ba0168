package com.jamsocket.dev;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.testkit.Jvm;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A backend as a developer might write it, as a program of its own: HTTP, streams and WebSockets by hand. */
public final class ProcessBackend {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** The last four bytes of a head. */
    private static final int EMPTY_LINE = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    private static String mode = "";

    private final InputStream in;
    private final OutputStream out;
    private Map<String, String> headers = new TreeMap<>();
    private String head = "";

    private ProcessBackend(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
    }

    /** The command that runs it, without further class path than the tests' own. */
    public static String[] command(String... arguments) {
        String[] command = new String[5 + arguments.length];
        command[0] = Jvm.tool("java");
        command[1] = "-XX:TieredStopAtLevel=1";
        command[2] = "-cp";
        command[3] = Path.of(ProcessBackend.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        command[4] = ProcessBackend.class.getName();
        System.arraycopy(arguments, 0, command, 5, arguments.length);
        return command;
    }

    public static void main(String... arguments) throws Exception {
        mode = arguments.length == 0 ? "" : arguments[0];
        System.out.println("started " + mode);
        if (mode.equals("exit")) {
            System.exit(Integer.parseInt(arguments[1]));
        }
        if (mode.equals("stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(ProcessBackend::neverEnd));
        }
        int port = Integer.parseInt(System.getenv("PORT"));
        String host = mode.equals("ipv6") ? "::1" : "127.0.0.1";
        try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName(host))) {
            while (!mode.equals("mute")) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket));
                thread.setDaemon(true);
                thread.start();
            }
            neverEnd();
        }
    }

    private static void neverEnd() {
        while (true) {
            try {
                Thread.sleep(100_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            new ProcessBackend(socket).requests();
        } catch (IOException | GeneralSecurityException e) {
            System.out.println("connection: " + e);
        }
    }

    private void requests() throws IOException, GeneralSecurityException {
        while (readHead() && !isRefusedUpgrade()) {
            String target = head.split(" ", -1)[1];
            String path = target.split("\\?", 2)[0];
            String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
            switch (path) {
                case "/ws" -> {
                    webSocket();
                    return;
                }
                case "/sink" -> sink();
                case "/source" -> source(Long.parseLong(query));
                case "/events" -> {
                    events();
                    return;
                }
                case "/early" -> {
                    answer(
                            "103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nset-cookie: a\r\nset-cookie: b",
                            "early");
                }
                case "/close" -> {
                    out.write("HTTP/1.0 200 Fine\r\n\r\nuntil close".getBytes(ISO_8859_1));
                    return;
                }
                case "/nonsense" -> {
                    out.write("no HTTP at all\r\n\r\n".getBytes(ISO_8859_1));
                    return;
                }
                case "/cors" -> answer("200 OK\r\naccess-control-allow-origin: https://example.org", "own");
                case "/exit" -> System.exit(Integer.parseInt(query));
                default -> answer(status() + "\r\nX-Own: 1\r\nX-Own: 2", head + "\n" + headers + "\n" + environment());
            }
        }
    }

    /** Where upgrades have a listener of their own, as on Node, no handler sees what asks for another than its own. */
    private boolean isRefusedUpgrade() {
        return mode.equals("listening")
                && headers.entrySet().stream()
                        .anyMatch(header -> header.getKey().equalsIgnoreCase("upgrade")
                                && !header.getValue().equalsIgnoreCase("websocket"));
    }

    private String status() {
        if ((mode.equals("guarded") || mode.equals("listening")) && !headers.containsKey("x-verified-secret")) {
            return "401 Unauthorized";
        }
        return mode.equals("failing") ? "500 Internal Server Error" : "200 OK";
    }

    private static String environment() {
        return new TreeMap<>(System.getenv()) + "\npid="
                + ProcessHandle.current().pid() + "\nfolder=" + Path.of("").toAbsolutePath();
    }

    private boolean readHead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int last = 0; last != EMPTY_LINE; ) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            bytes.write(next);
            last = last << 8 | next;
        }
        String[] lines = bytes.toString(UTF_8).split("\r\n", -1);
        head = lines[0];
        headers = new TreeMap<>();
        for (int i = 1; i < lines.length - 2; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.merge(header[0], header.length > 1 ? header[1] : "", (a, b) -> a + "|" + b);
        }
        return true;
    }

    private void answer(String start, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        out.write(("HTTP/1.1 " + start + "\r\nContent-Length: " + bytes.length + "\r\n\r\n").getBytes(ISO_8859_1));
        if (!head.startsWith("HEAD ")) {
            out.write(bytes);
        }
    }

    /** Says how many bytes came. */
    private void sink() throws IOException {
        if ("100-continue".equals(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        long count = 0;
        if (headers.containsKey("content-length")) {
            count = skip(Long.parseLong(headers.get("content-length")));
        } else {
            for (long size = chunkSize(); size > 0; size = chunkSize()) {
                count += skip(size);
                readLine();
            }
            readLine();
        }
        answer("200 OK", count + " bytes");
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private long chunkSize() throws IOException {
        return Long.parseLong(readLine().split(";", 2)[0].strip(), 16);
    }

    private long skip(long count) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
        return count;
    }

    private void source(long count) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
        for (long left = count; left > 0; left -= chunk.length) {
            int size = (int) Math.min(left, chunk.length);
            out.write((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
            out.write(chunk, 0, size);
            out.write("\r\n".getBytes(ISO_8859_1));
        }
        out.write("0\r\nx-trailer: yes\r\n\r\n".getBytes(ISO_8859_1));
    }

    /** An event for each byte that the client sends after its request. */
    private void events() throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(ISO_8859_1));
        for (int i = 0; in.read() >= 0; i++) {
            out.write(("data: " + i + "\n\n").getBytes(ISO_8859_1));
        }
        out.write("data: end\n\n".getBytes(ISO_8859_1));
    }

    private void webSocket() throws IOException, GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((headers.get("sec-websocket-key") + GUID).getBytes(ISO_8859_1));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        boolean open = true;
        while (open) {
            int first = in.read();
            open = first >= 0 && (first & 0x0f) != 8;
            if (first >= 0) {
                echoFrame(first, in);
            }
        }
    }

    private void echoFrame(int first, InputStream frames) throws IOException {
        int second = frames.read();
        long length = second & 0x7f;
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write((int) length);
        if (length >= 126) {
            byte[] more = frames.readNBytes(length == 126 ? 2 : 8);
            frame.write(more);
            length = 0;
            for (byte b : more) {
                length = length << 8 | (b & 0xff);
            }
        }
        byte[] mask = frames.readNBytes(4);
        byte[] payload = frames.readNBytes((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        frame.write(payload);
        out.write(frame.toByteArray());
    }
}
