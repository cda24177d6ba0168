package com.jamsocket.internal.dev.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One exchange that another server answers. Heads are read and written anew, bodies pass by as they come, and after an
 * upgrade everything does. Each side is read only while the other takes what comes, so neither makes this side keep
 * more than one read. On the loop's thread only.
 */
final class Relay implements Upstream.User {

    private static final int MAX_HEAD = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Client client;
    private final UpstreamPool pool;
    private final RelayedRequest relayed;
    private final MessageBody requestBody;
    private Upstream upstream;
    private boolean reused;
    private ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    private byte @Nullable [] unsentHead;
    private boolean isAnswered;
    private @Nullable MessageBody responseBody;
    private boolean keepsConnection;
    private boolean tunnel;
    private boolean clientEnded;
    private boolean upstreamEnded;
    private boolean over;

    /** The side that asks. */
    interface Client {
        /** Sends bytes, or keeps a copy of those that cannot be sent now. */
        void pass(ByteBuffer bytes) throws IOException;

        boolean isDrained();

        /** Whether to read on. */
        void reading(boolean on);

        /** Sends nothing more after what is under way. */
        void endOutput() throws IOException;

        /** From now on all bytes are for the relay. */
        void becomesTunnel() throws IOException;

        /** The answer is complete; whether the connection may go on to its next request. */
        void relayed(boolean keepAlive);

        /** There is no answer but this. */
        void failed(HttpReply reply);

        void close(boolean reset);
    }

    /** Begins to carry a request on; its body is handed in with {@link #fromClient}. */
    Relay(Client client, UpstreamPool pool, RelayedRequest relayed, MessageBody requestBody) throws IOException {
        this.client = client;
        this.pool = pool;
        this.relayed = relayed;
        this.requestBody = requestBody;
        Upstream used = mayUseAgain() ? pool.reuse(relayed.address(), this) : null;
        this.reused = used != null;
        this.upstream = used == null ? pool.open(relayed.address(), this) : used;
        try {
            upstream.send(ByteBuffer.wrap(relayed.head()));
        } catch (IOException e) {
            upstream.close(true);
            failed(502);
        }
    }

    /** What was sent on a connection that the server was just closing can be sent again only if nothing is lost. */
    private boolean mayUseAgain() {
        return relayed.isRepeatable() && requestBody.isComplete();
    }

    /** Whether there was an answer already, if only that there is none. */
    boolean isOver() {
        return over;
    }

    /** Takes the bytes that belong to this exchange; the others stay in the buffer. */
    void fromClient(ByteBuffer bytes) throws IOException {
        if (tunnel) {
            upstream.send(bytes);
        } else {
            upstream.send(requestBody.take(bytes));
        }
        if (!upstream.isDrained()) {
            client.reading(false);
        }
    }

    /** The client sends nothing more. */
    void clientEnded() throws IOException {
        clientEnded = true;
        if (!tunnel && !requestBody.isComplete()) {
            client.close(true);
        } else {
            upstream.endOutput();
            endTunnelIfBothDid();
        }
    }

    /** The client took all that was sent to it. */
    void clientDrained() {
        upstream.reading(true);
    }

    /** The client is gone. */
    void clientGone() {
        end();
        upstream.close(true);
    }

    @Override
    public void drained() {
        client.reading(true);
    }

    @Override
    public void received(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining() && !over) {
                receive(bytes);
            }
            passHead(NOTHING);
            if (!over && !client.isDrained()) {
                upstream.reading(false);
            }
        } catch (ProtocolException e) {
            upstream.close(true);
            failed(502);
        }
    }

    private void receive(ByteBuffer bytes) throws IOException {
        MessageBody body = responseBody;
        if (tunnel) {
            client.pass(bytes);
        } else if (body == null) {
            receiveHead(bytes);
        } else {
            passHead(body.take(bytes));
            finishIfComplete(body, bytes);
        }
    }

    /** A head that came together with what follows goes on together with that: one packet, one time to wake up for. */
    private void passHead(ByteBuffer body) throws IOException {
        byte[] unsent = unsentHead;
        if (unsent == null) {
            if (body.hasRemaining()) {
                client.pass(body);
            }
            return;
        }
        unsentHead = null;
        client.pass(ByteBuffer.allocate(unsent.length + body.remaining())
                .put(unsent)
                .put(body)
                .flip());
    }

    private void receiveHead(ByteBuffer bytes) throws IOException {
        int before = head.size();
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        head.write(chunk, 0, chunk.length);
        byte[] all = head.toByteArray();
        int end = endOfHead(all, Math.max(0, before - 3));
        if (end < 0) {
            if (all.length > MAX_HEAD) {
                throw new ProtocolException("the head of an answer is too long");
            }
            return;
        }
        bytes.position(bytes.position() - (all.length - end));
        head = new ByteArrayOutputStream(0);
        answer(ResponseHead.parse(new String(all, 0, end, StandardCharsets.ISO_8859_1).stripTrailing()), bytes);
    }

    /** Where what follows the empty line begins, or -1. */
    private static int endOfHead(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int next = bytes[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < bytes.length && bytes[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    private void answer(ResponseHead answered, ByteBuffer following) throws IOException {
        if (answered.isInterim()) {
            client.pass(ByteBuffer.wrap(answered.bytes(false)));
            return;
        }
        ResponseHead shown = relayed.answered().apply(answered);
        if (answered.isUpgrade()) {
            isAnswered = true;
            tunnel = true;
            client.pass(ByteBuffer.wrap(shown.bytes(false)));
            if (!over) {
                client.becomesTunnel();
            }
            return;
        }
        MessageBody body = answered.body(relayed.request().isHead());
        isAnswered = true;
        responseBody = body;
        boolean last = !relayed.request().keepAlive() || body.endsWithConnection();
        unsentHead = shown.bytes(last);
        keepsConnection = answered.keepsConnection() && !body.endsWithConnection();
        if (body.isComplete()) {
            passHead(NOTHING);
        }
        finishIfComplete(body, following);
    }

    /** What follows the answer would be taken for the next one: it belongs to none (RFC 9112, section 6.3). */
    private void finishIfComplete(MessageBody body, ByteBuffer following) {
        if (body.isComplete()) {
            finish(body, keepsConnection && !clientEnded && !following.hasRemaining());
        }
    }

    private void finish(MessageBody body, boolean useAgain) {
        if (over) {
            return;
        }
        end();
        boolean requestComplete = requestBody.isComplete();
        if (useAgain && requestComplete) {
            pool.give(upstream);
        } else {
            upstream.close(false);
        }
        boolean mayGoOn = requestComplete && !clientEnded && relayed.request().keepAlive();
        client.relayed(mayGoOn && !body.endsWithConnection());
    }

    @Override
    public void ended() throws IOException {
        MessageBody body = responseBody;
        if (tunnel) {
            upstreamEnded = true;
            client.endOutput();
            endTunnelIfBothDid();
        } else if (body != null && body.endsWithConnection()) {
            finish(body, false);
        } else {
            upstream.close(false);
            failed(502);
        }
    }

    private void endTunnelIfBothDid() {
        if (clientEnded && upstreamEnded) {
            end();
            upstream.close(false);
            client.relayed(false);
        }
    }

    @Override
    public void failed(int status) {
        if (isAnswered) {
            end();
            client.close(true);
        } else if (reused && head.size() == 0) {
            reconnect();
        } else {
            end();
            client.failed(relayed.failed().apply(status));
        }
    }

    /** The server had closed the connection, as it may whenever it is idle, before the request arrived. */
    private void reconnect() {
        reused = false;
        try {
            upstream = pool.open(relayed.address(), this);
            upstream.send(ByteBuffer.wrap(relayed.head()));
            if (clientEnded) {
                upstream.endOutput();
            }
        } catch (IOException e) {
            failed(502);
        }
    }

    private void end() {
        if (!over) {
            over = true;
            relayed.ended().run();
        }
    }
}
