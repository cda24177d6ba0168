package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: cuts requests out of what it receives, one at a time, and sends their answers. It holds bytes only
 * while they are under way, so that thousands of idle streams cost little.
 */
final class HttpConnection implements EventLoop.ChannelHandler {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    /** A client that lets so much of a stream pile up does not read; one that sends so much ahead does not wait. */
    private static final int MAX_PENDING = 4 * 1024 * 1024;

    private static final int READ_SIZE = 16 * 1024;
    private static final Duration BETWEEN_SLOW_BYTES = Duration.ofMillis(1);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final Map<String, String> STREAM_HEADERS = Map.of(
            "content-type", "text/event-stream", "cache-control", "no-cache", "access-control-allow-origin", "*");

    private final EventLoop loop;
    private final SocketChannel channel;
    private final ByteBuffer readBuffer;
    private final Consumer<Exchange> handler;
    private final Consumer<HttpConnection> onClosed;
    private final HttpRequestParser parser = new HttpRequestParser();
    private final Outbox outbox;
    private @Nullable SelectionKey key;
    private @Nullable OpenExchange current;
    private boolean cutting;
    private boolean waitingToWrite;
    private boolean endAfterSending;
    private boolean refused;
    private boolean closed;

    HttpConnection(
            EventLoop loop,
            SocketChannel channel,
            ByteBuffer readBuffer,
            Consumer<Exchange> handler,
            Consumer<HttpConnection> onClosed) {
        this.loop = loop;
        this.channel = channel;
        this.readBuffer = readBuffer;
        this.handler = handler;
        this.onClosed = onClosed;
        this.outbox = new Outbox(channel);
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
        } else if (!refused) {
            parser.add(readBuffer.flip());
            nextRequest();
            if (parser.pendingBytes() > MAX_PENDING) {
                close(true);
            }
        }
    }

    /** Takes up the next request when the answer to the one before is sent. */
    private void nextRequest() throws IOException {
        if (cutting) {
            // An answer given at once is followed up by the loop below, so that a row of requests needs no deep stack.
            return;
        }
        cutting = true;
        try {
            while (current == null && outbox.isEmpty() && !closed && !endAfterSending) {
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
        } catch (RejectedRequestException e) {
            refused = true;
            endAfterSending = true;
            send(HttpReply.text(e.status(), String.valueOf(e.getMessage())), false);
        } finally {
            cutting = false;
        }
    }

    private void send(HttpReply reply, boolean headOnly) throws IOException {
        outbox.add(reply.head(endAfterSending));
        send(headOnly || !reply.hasBody() ? HttpReply.NONE : reply.body());
    }

    private void send(byte[] bytes) throws IOException {
        if (closed) {
            return;
        }
        outbox.add(bytes);
        if (!waitingToWrite) {
            write();
        }
    }

    private void write() throws IOException {
        waitingToWrite = false;
        outbox.send();
        if (!outbox.isEmpty()) {
            waitToWrite();
            return;
        }
        interest(SelectionKey.OP_READ);
        if (endAfterSending) {
            end();
        } else {
            nextRequest();
        }
    }

    private void waitToWrite() {
        waitingToWrite = true;
        if (!outbox.isSlow()) {
            interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            return;
        }
        interest(SelectionKey.OP_READ);
        var unused = loop.after(BETWEEN_SLOW_BYTES, () -> {
            if (!closed) {
                guarded(this::write);
            }
        });
    }

    private void interest(int operations) {
        Objects.requireNonNull(key).interestOps(operations);
    }

    /** All is sent. A client that may still be sending would not see an answer that a reset overtakes. */
    private void end() throws IOException {
        if (refused) {
            channel.shutdownOutput();
            var unused = loop.after(LINGER, () -> close(false));
        } else {
            close(false);
        }
    }

    @Override
    public void abandon() {
        close(true);
    }

    private void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection broke while closing", e);
        }
        outbox.clear();
        onClosed.accept(this);
        OpenExchange open = current;
        if (open != null) {
            open.gone.run();
        }
    }

    private void guarded(Sending sending) {
        try {
            sending.run();
        } catch (IOException e) {
            // The client went away: its affair.
            abandon();
        }
    }

    private interface Sending {
        void run() throws IOException;
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
            if (isOpen()) {
                current = null;
                endAfterSending |= !request.keepAlive();
                guarded(() -> send(reply, request.isHead()));
            }
        }

        @Override
        public Consumer<String> stream(Runnable whenGone) {
            if (request.isHead()) {
                reply(new HttpReply(200, STREAM_HEADERS, HttpReply.NONE));
                whenGone.run();
                return block -> {};
            }
            gone = whenGone;
            streaming = true;
            String framing = request.chunkable() ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n";
            guarded(() -> send(HttpReply.head(200, STREAM_HEADERS, framing)));
            return this::sendBlock;
        }

        private void sendBlock(String block) {
            guarded(() -> send(framed(block.getBytes(StandardCharsets.UTF_8))));
            if (outbox.size() > MAX_PENDING) {
                close(true);
            }
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
            } else if (reset || outbox.isEmpty()) {
                close(reset);
            }
        }

        @Override
        public void slowDown() {
            outbox.slowDown();
        }
    }
}
