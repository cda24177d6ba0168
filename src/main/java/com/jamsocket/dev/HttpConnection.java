package com.jamsocket.dev;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: cuts requests out of what it receives, one at a time, and sends their answers. It holds bytes only
 * while they are under way, so that thousands of idle streams cost little.
 */
final class HttpConnection implements EventLoop.Ready {

    /** A client that lets so much pile up does not read; it is dropped. */
    private static final int MAX_UNSENT = 4 * 1024 * 1024;

    private static final int READ_SIZE = 16 * 1024;
    private static final Duration BETWEEN_SLOW_BYTES = Duration.ofMillis(1);
    private static final Map<String, String> STREAM_HEADERS = Map.of(
            "content-type", "text/event-stream", "cache-control", "no-cache", "access-control-allow-origin", "*");

    private final EventLoop loop;
    private final SocketChannel channel;
    private final ByteBuffer readBuffer;
    private final Consumer<Exchange> handler;
    private final Runnable onClosed;
    private final HttpRequestParser parser = new HttpRequestParser();
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>(2);
    private @Nullable SelectionKey key;
    private @Nullable OpenExchange current;
    private int unsentBytes;
    private boolean endAfterSending;
    private boolean slow;
    private boolean closed;

    HttpConnection(
            EventLoop loop,
            SocketChannel channel,
            ByteBuffer readBuffer,
            Consumer<Exchange> handler,
            Runnable onClosed) {
        this.loop = loop;
        this.channel = channel;
        this.readBuffer = readBuffer;
        this.handler = handler;
        this.onClosed = onClosed;
    }

    static ByteBuffer readBuffer() {
        return ByteBuffer.allocateDirect(READ_SIZE);
    }

    void open() throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isReadable()) {
            read();
        }
        if (!closed && ready.isWritable()) {
            write();
        }
    }

    private void read() throws IOException {
        readBuffer.clear();
        int count = channel.read(readBuffer);
        if (count < 0) {
            close(false);
            return;
        }
        parser.add(readBuffer.flip());
        if (current == null) {
            nextRequest();
        } else if (parser.pendingBytes() > MAX_UNSENT) {
            close(true);
        }
    }

    private void nextRequest() throws IOException {
        try {
            while (current == null && !closed && !endAfterSending) {
                HttpRequest request = parser.next();
                if (parser.takeContinueWanted()) {
                    send("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
                if (request == null) {
                    return;
                }
                current = new OpenExchange(request);
                handler.accept(current);
            }
        } catch (RefusedRequestException e) {
            endAfterSending = true;
            send(HttpReply.text(e.status(), String.valueOf(e.getMessage())), false);
        }
    }

    private void send(HttpReply reply, boolean headOnly) throws IOException {
        String framing =
                "Content-Length: " + reply.body().length + "\r\n" + (endAfterSending ? "Connection: close\r\n" : "");
        send(HttpReply.head(reply.status(), reply.headers(), framing));
        if (!headOnly && reply.body().length > 0) {
            send(reply.body());
        }
    }

    private void send(byte[] bytes) throws IOException {
        if (closed) {
            return;
        }
        unsent.add(ByteBuffer.wrap(bytes));
        unsentBytes += bytes.length;
        if (unsentBytes > MAX_UNSENT) {
            close(true);
        } else if (unsent.size() == 1) {
            write();
        }
    }

    private void write() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer first = unsent.getFirst();
            int sent = slow ? writeOne(first) : channel.write(first);
            unsentBytes -= sent;
            if (first.hasRemaining()) {
                waitToWrite();
                return;
            }
            unsent.removeFirst();
            if (slow && !unsent.isEmpty()) {
                waitToWrite();
                return;
            }
        }
        interest(SelectionKey.OP_READ);
        if (endAfterSending) {
            close(false);
        }
    }

    private int writeOne(ByteBuffer from) throws IOException {
        ByteBuffer one = from.slice(from.position(), 1);
        int sent = channel.write(one);
        from.position(from.position() + sent);
        return sent;
    }

    private void waitToWrite() {
        if (!slow) {
            interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            return;
        }
        interest(SelectionKey.OP_READ);
        loop.schedule(BETWEEN_SLOW_BYTES, () -> {
            try {
                if (!closed) {
                    write();
                }
            } catch (IOException e) {
                abandon();
            }
        });
    }

    private void interest(int operations) {
        Objects.requireNonNull(key).interestOps(operations);
    }

    @Override
    public void abandon() {
        close(true);
    }

    void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            System.getLogger("com.jamsocket.dev").log(System.Logger.Level.DEBUG, "a connection broke while closing", e);
        }
        unsent.clear();
        onClosed.run();
        OpenExchange open = current;
        if (open != null) {
            open.gone.run();
        }
    }

    /** The request whose answer is under way. */
    private final class OpenExchange implements Exchange {

        private final HttpRequest request;
        private Runnable gone = () -> {};
        private boolean streaming;

        OpenExchange(HttpRequest request) {
            this.request = request;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public void reply(HttpReply reply) {
            if (current != this) {
                return;
            }
            current = null;
            guarded(() -> {
                endAfterSending |= !request.keepAlive();
                send(reply, request.method().equals("HEAD"));
                nextRequest();
            });
        }

        @Override
        public EventSink stream(Runnable whenGone) {
            gone = whenGone;
            streaming = true;
            String framing = request.chunkable() ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n";
            guarded(() -> send(HttpReply.head(200, STREAM_HEADERS, framing)));
            return block -> guarded(() -> send(framed(block.getBytes(StandardCharsets.UTF_8))));
        }

        private byte[] framed(byte[] block) {
            if (!request.chunkable()) {
                return block;
            }
            byte[] size = (Integer.toHexString(block.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer chunk = ByteBuffer.allocate(size.length + block.length + 2);
            return chunk.put(size).put(block).put((byte) '\r').put((byte) '\n').array();
        }

        @Override
        public boolean isOpen() {
            return current == this && !closed;
        }

        @Override
        public void drop(boolean reset) {
            endAfterSending = true;
            if (!reset && streaming && request.chunkable()) {
                guarded(() -> send("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
            } else if (reset || unsent.isEmpty()) {
                close(reset);
            }
        }

        @Override
        public void slowDown() {
            slow = true;
        }

        private void guarded(Sending sending) {
            try {
                sending.run();
            } catch (IOException e) {
                // The client went away: its affair.
                abandon();
            }
        }
    }

    private interface Sending {
        void run() throws IOException;
    }
}
