package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection: cuts requests out of what it receives, one at a time, and sends their answers. It holds bytes only
 * while they are under way, so that thousands of idle streams cost little.
 */
final class HttpConnection implements Wire.Owner {

    /** A client that lets so much of a stream pile up does not read; one that sends so much ahead does not wait. */
    private static final int MAX_PENDING = 4 * 1024 * 1024;

    /** So much of a streamed body, or of what comes after it, is taken in before its time. */
    private static final int MAX_AHEAD = 64 * 1024;

    private static final int READ_SIZE = 64 * 1024;
    private static final String LAST = "Connection: close\r\n";
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final Map<String, String> STREAM_HEADERS =
            Map.of("content-type", "text/event-stream", "cache-control", "no-cache");

    private final EventLoop loop;
    private final SocketChannel channel;
    private final ByteBuffer readBuffer;
    private final UpstreamPool upstreams;
    private final Duration requestTimeout;
    private final Consumer<Exchange> handler;
    private final Consumer<HttpConnection> onClosed;
    private final HttpRequestParser parser;
    private final Wire wire;
    private @Nullable OpenExchange current;
    private @Nullable String remoteAddress;
    private @Nullable Relay relay;
    private @Nullable Future<?> deadline;
    private boolean cutting;
    private boolean endAfterSending;
    private boolean refused;

    HttpConnection(
            EventLoop loop,
            SocketChannel channel,
            ByteBuffer readBuffer,
            UpstreamPool upstreams,
            Duration requestTimeout,
            Predicate<HttpRequest> streamed,
            Consumer<Exchange> handler,
            Consumer<HttpConnection> onClosed) {
        this.loop = loop;
        this.channel = channel;
        this.readBuffer = readBuffer;
        this.upstreams = upstreams;
        this.requestTimeout = requestTimeout;
        this.handler = handler;
        this.onClosed = onClosed;
        this.parser = new HttpRequestParser(streamed);
        this.wire = new Wire(loop, channel, this);
    }

    static ByteBuffer readBuffer() {
        return ByteBuffer.allocateDirect(READ_SIZE);
    }

    void open() throws IOException {
        wire.open();
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isReadable()) {
            read();
        }
        if (!wire.isClosed() && ready.isWritable()) {
            wire.flush();
        }
    }

    private void read() throws IOException {
        int count = wire.read(readBuffer);
        Relay relaying = relay;
        if (count < 0 && relaying != null) {
            relaying.clientEnded();
        } else if (count < 0) {
            close(false);
        } else {
            if (relaying != null) {
                relaying.fromClient(readBuffer);
            }
            if (!refused && readBuffer.hasRemaining()) {
                parser.add(readBuffer);
                nextRequest();
                limitPending();
            }
        }
    }

    private void limitPending() {
        OpenExchange open = current;
        if (open != null && open.streamedBody != null) {
            wire.reading(parser.pendingBytes() < MAX_AHEAD);
        } else if (parser.pendingBytes() > MAX_PENDING) {
            close(true);
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
            while (current == null && wire.isDrained() && !wire.isClosed() && !endAfterSending) {
                HttpRequest request = parser.next();
                if (parser.takeContinueWanted()) {
                    send("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
                if (request == null) {
                    return;
                }
                current = new OpenExchange(request, parser.takeStreamedBody());
                handler.accept(current);
            }
        } catch (RejectedRequestException e) {
            refuse(e);
        } finally {
            cutting = false;
            limitWaiting();
        }
    }

    private void refuse(RejectedRequestException refusal) throws IOException {
        refused = true;
        endAfterSending = true;
        send(HttpReply.text(refusal.status(), String.valueOf(refusal.getMessage())), false);
    }

    /** A request that has begun to arrive does so within its time. */
    private void limitWaiting() {
        boolean waits = current == null && !refused && !wire.isClosed() && parser.isInside();
        if (!waits && deadline != null) {
            deadline.cancel(false);
            deadline = null;
        } else if (waits && deadline == null) {
            deadline = loop.after(requestTimeout, () -> {
                deadline = null;
                guarded(() -> refuse(new RejectedRequestException(408, "the request did not arrive in time")));
            });
        }
    }

    private void send(HttpReply reply, boolean headOnly) throws IOException {
        send(reply.head(endAfterSending), headOnly || !reply.hasBody() ? HttpReply.NONE : reply.body());
    }

    private void send(byte[]... parts) throws IOException {
        wire.send(parts);
        if (wire.isDrained()) {
            drained();
        }
    }

    @Override
    public void drained() throws IOException {
        if (relay != null) {
            relay.clientDrained();
        } else if (endAfterSending) {
            end();
        } else {
            nextRequest();
        }
    }

    /** All is sent. A client that may still be sending would not see an answer that a reset overtakes. */
    private void end() throws IOException {
        if (refused) {
            wire.reading(true);
            wire.endOutput();
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
        if (wire.isClosed()) {
            return;
        }
        wire.close(reset);
        limitWaiting();
        onClosed.accept(this);
        OpenExchange open = current;
        if (open != null) {
            open.gone.run();
        }
        if (relay != null) {
            relay.clientGone();
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
    private final class OpenExchange implements Exchange, Relay.Client {

        private final HttpRequest request;
        private final @Nullable MessageBody streamedBody;
        private Runnable gone = () -> {};
        private boolean streaming;

        OpenExchange(HttpRequest request, @Nullable MessageBody streamedBody) {
            this.request = request;
            this.streamedBody = streamedBody;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public String remoteAddress() {
            String known = remoteAddress;
            if (known == null) {
                known = channel.socket().getInetAddress().getHostAddress();
                remoteAddress = known;
            }
            return known;
        }

        @Override
        public void reply(HttpReply reply) {
            if (isOpen()) {
                isAnswered();
                guarded(() -> send(reply, request.isHead()));
            }
        }

        private void isAnswered() {
            current = null;
            endAfterSending |= !request.keepAlive();
            if (streamedBody != null && !streamedBody.isComplete()) {
                // Its bytes are still to come, and are no request.
                refused = true;
                endAfterSending = true;
                parser.takePending();
            }
            wire.reading(true);
        }

        @Override
        public Consumer<String> stream(Map<String, String> more, Runnable whenGone) {
            Map<String, String> headers = new LinkedHashMap<>(STREAM_HEADERS);
            headers.putAll(more);
            if (request.isHead()) {
                // How long it would be nobody knows, and how it would be framed is not said: hyper says neither.
                isAnswered();
                guarded(() -> HttpConnection.this.send(HttpReply.head(200, headers, endAfterSending ? LAST : "")));
                whenGone.run();
                return block -> {};
            }
            gone = whenGone;
            streaming = true;
            String framing = request.chunkable() ? "Transfer-Encoding: chunked\r\n" : LAST;
            guarded(() -> HttpConnection.this.send(HttpReply.head(200, headers, framing)));
            return this::sendBlock;
        }

        private void sendBlock(String block) {
            guarded(() -> HttpConnection.this.send(framed(block.getBytes(StandardCharsets.UTF_8))));
            if (wire.waiting() > MAX_PENDING) {
                HttpConnection.this.close(true);
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
        public void whenGone(Runnable whenGone) {
            if (isOpen()) {
                gone = whenGone;
            } else {
                whenGone.run();
            }
        }

        @Override
        public boolean isOpen() {
            return current == this && !wire.isClosed();
        }

        @Override
        public void drop(boolean reset) {
            endAfterSending = true;
            if (!reset && streaming && request.chunkable()) {
                guarded(() -> HttpConnection.this.send("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
            } else if (reset || wire.isDrained()) {
                HttpConnection.this.close(reset);
            }
        }

        @Override
        public void slowDown() {
            wire.slowDown();
        }

        @Override
        public void relay(RelayedRequest relayed) {
            if (streamedBody == null) {
                throw new IllegalStateException("the request was read whole");
            }
            if (!isOpen()) {
                relayed.ended().run();
                return;
            }
            try {
                Relay begun = new Relay(this, upstreams, relayed, streamedBody);
                if (!begun.isOver()) {
                    relay = begun;
                    wire.reading(true);
                    handOver();
                }
            } catch (IOException e) {
                relayed.ended().run();
                failed(relayed.failed().apply(502));
            }
        }

        /** What was received before its time. */
        private void handOver() throws IOException {
            ByteBuffer ahead = parser.takePending();
            if (relay != null && ahead.hasRemaining()) {
                relay.fromClient(ahead);
                parser.add(ahead);
                limitPending();
            }
        }

        @Override
        public void pass(ByteBuffer bytes) {
            guarded(() -> wire.send(bytes));
        }

        @Override
        public boolean isDrained() {
            return wire.isDrained();
        }

        @Override
        public void reading(boolean on) {
            wire.reading(on && parser.pendingBytes() < MAX_AHEAD);
        }

        @Override
        public void endOutput() throws IOException {
            wire.endOutput();
        }

        @Override
        public void becomesTunnel() throws IOException {
            handOver();
        }

        @Override
        public void relayed(boolean keepAlive) {
            relay = null;
            current = null;
            if (!keepAlive) {
                endAfterSending = true;
                refused = streamedBody != null && !streamedBody.isComplete();
            }
            wire.reading(true);
            if (wire.isDrained()) {
                guarded(HttpConnection.this::drained);
            }
        }

        @Override
        public void failed(HttpReply reply) {
            relay = null;
            reply(reply);
        }

        @Override
        public void close(boolean reset) {
            HttpConnection.this.close(reset);
        }
    }
}
