package com.jamsocket.internal.dev.http;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a connection receives into requests (RFC 9112). Bytes are kept only while a request is unfinished, so that
 * a connection at rest costs nothing.
 */
final class HttpRequestParser {

    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_BODY = 2 * 1024 * 1024;
    private static final byte[] NONE = {};

    /** What was received; of use from {@code start} on. */
    private byte[] pending = NONE;

    private int start;
    private final Predicate<HttpRequest> streamed;
    private @Nullable HttpHead head;
    private @Nullable MessageBody body;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(0);
    private boolean continueWanted;

    /** Reads the bodies of requests, but for those whose body is to be streamed. */
    HttpRequestParser(Predicate<HttpRequest> streamed) {
        this.streamed = streamed;
    }

    /** How many received bytes wait for their turn. */
    int pendingBytes() {
        return pending.length - start;
    }

    /** Whether a request has begun to arrive, and is not complete. */
    boolean isInside() {
        return head != null || pendingBytes() > 0;
    }

    /** Takes what was received. */
    void add(ByteBuffer received) {
        int old = pendingBytes();
        pending = Arrays.copyOfRange(pending, start, pending.length + received.remaining());
        start = 0;
        received.get(pending, old, received.remaining());
    }

    /** Whether the client waits for a word before it sends the body; true once for each request. */
    boolean takeContinueWanted() {
        boolean wanted = continueWanted;
        continueWanted = false;
        return wanted;
    }

    /** The next complete request, or null if more has to be received. */
    @Nullable
    HttpRequest next() throws RejectedRequestException {
        HttpHead current = head;
        if (current == null) {
            current = readHead();
            if (current == null) {
                return null;
            }
            HttpRequest request = current.with(NONE);
            if (streamed.test(request)) {
                return request;
            }
            awaitBody(current);
        }
        MessageBody awaited = body;
        if (awaited == null || !isRead(awaited)) {
            return null;
        }
        head = null;
        body = null;
        continueWanted = false;
        byte[] read = content.toByteArray();
        content.reset();
        return current.with(read);
    }

    private @Nullable HttpHead readHead() throws RejectedRequestException {
        skipEmptyLines();
        requireBeginningOfHead();
        int length = headLength();
        if (length > MAX_HEAD || (length < 0 && pendingBytes() > MAX_HEAD)) {
            throw new RejectedRequestException(431, "the head is longer than " + MAX_HEAD + " bytes");
        }
        if (length < 0) {
            return null;
        }
        HttpHead parsed = HttpHead.parse(new String(pending, start, length, StandardCharsets.ISO_8859_1));
        drop(length);
        long bodyLength = parsed.bodyLength();
        body = bodyLength < 0 ? MessageBody.chunked() : MessageBody.ofLength(bodyLength);
        return parsed;
    }

    /** What speaks TLS or another protocol may wait for an answer to what will never be a head. */
    private void requireBeginningOfHead() throws RejectedRequestException {
        if (pendingBytes() > 0 && !HttpHead.isNameCharacter(pending[start])) {
            throw new RejectedRequestException(400, "not a request line of HTTP/1.1");
        }
    }

    private void awaitBody(HttpHead parsed) throws RejectedRequestException {
        continueWanted = parsed.expectsContinue();
        head = parsed;
    }

    /** The body of the request that was just cut out if it is streamed: its bytes are still to come. */
    @Nullable
    MessageBody takeStreamedBody() {
        MessageBody taken = body;
        body = null;
        return taken;
    }

    /** Hands out what was received and not yet read. */
    ByteBuffer takePending() {
        ByteBuffer bytes = ByteBuffer.wrap(pending, start, pendingBytes());
        pending = NONE;
        start = 0;
        return bytes;
    }

    /** Some clients send an empty line after a body. */
    private void skipEmptyLines() {
        int count = 0;
        while (start + count < pending.length && (pending[start + count] == '\r' || pending[start + count] == '\n')) {
            count++;
        }
        drop(count);
    }

    /** How many bytes there are up to and with the empty line, or -1. */
    private int headLength() {
        for (int i = start; i + 1 < pending.length; i++) {
            if (pending[i] == '\n') {
                int next = pending[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < pending.length && pending[next] == '\n') {
                    return next + 1 - start;
                }
            }
        }
        return -1;
    }

    /** Reads what there is of a body. What was received together is refused for the same reason as what was not. */
    private boolean isRead(MessageBody awaited) throws RejectedRequestException {
        ByteBuffer received = ByteBuffer.wrap(pending, start, pendingBytes());
        requireShort(awaited);
        try {
            while (received.hasRemaining() && !awaited.isComplete()) {
                awaited.read(received, content);
                requireShort(awaited);
            }
        } catch (ProtocolException e) {
            throw new RejectedRequestException(400, String.valueOf(e.getMessage()));
        }
        drop(received.position() - start);
        return awaited.isComplete();
    }

    private void requireShort(MessageBody awaited) throws RejectedRequestException {
        if (content.size() + awaited.announced() > MAX_BODY) {
            throw new RejectedRequestException(413, "Failed to buffer the request body: length limit exceeded");
        }
    }

    /** Goes past bytes. They are given back when none is left, and otherwise when more comes. */
    private void drop(int count) {
        start += count;
        if (start == pending.length) {
            pending = NONE;
            start = 0;
        }
    }
}
