package com.jamsocket.internal.dev.http;

import java.io.ByteArrayOutputStream;
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
    private static final int MAX_CHUNK_LINE = 1024;
    private static final byte[] NONE = {};

    /** What was received; of use from {@code start} on. */
    private byte[] pending = NONE;

    private int start;
    private final Predicate<HttpRequest> streamed;
    private @Nullable HttpHead head;
    private @Nullable MessageBody streamedBody;
    private long bodyLength;
    private @Nullable ByteArrayOutputStream chunks;
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
                streamedBody = bodyLength < 0 ? MessageBody.chunked() : MessageBody.ofLength(bodyLength);
                return request;
            }
            awaitBody(current);
        }
        byte[] body = bodyLength < 0 ? readChunks() : readBody();
        if (body == null) {
            return null;
        }
        head = null;
        continueWanted = false;
        return current.with(body);
    }

    private @Nullable HttpHead readHead() throws RejectedRequestException {
        skipEmptyLines();
        int length = headLength();
        if (length > MAX_HEAD || (length < 0 && pendingBytes() > MAX_HEAD)) {
            throw new RejectedRequestException(431, "the head is longer than " + MAX_HEAD + " bytes");
        }
        if (length < 0) {
            return null;
        }
        HttpHead parsed = HttpHead.parse(text(length));
        drop(length);
        bodyLength = parsed.bodyLength();
        return parsed;
    }

    private void awaitBody(HttpHead parsed) throws RejectedRequestException {
        if (bodyLength > MAX_BODY) {
            throw tooLarge();
        }
        continueWanted = parsed.expectsContinue();
        head = parsed;
    }

    /** The body of the request that was just cut out if it is streamed: its bytes are still to come. */
    @Nullable
    MessageBody takeStreamedBody() {
        MessageBody body = streamedBody;
        streamedBody = null;
        return body;
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

    private byte @Nullable [] readBody() {
        return pendingBytes() < bodyLength ? null : take((int) bodyLength);
    }

    private byte @Nullable [] readChunks() throws RejectedRequestException {
        ByteArrayOutputStream body = chunks == null ? new ByteArrayOutputStream() : chunks;
        chunks = body;
        while (true) {
            int line = lineLength();
            if (line < 0) {
                return null;
            }
            int size = chunkSize(text(line));
            if (size == 0) {
                return readTrailer(body);
            }
            if (body.size() + size > MAX_BODY) {
                throw tooLarge();
            }
            if (pendingBytes() < line + size + 2) {
                return null;
            }
            int end = start + line + size;
            if (pending[end] != '\r' || pending[end + 1] != '\n') {
                throw new RejectedRequestException(400, "a chunk is longer than it says");
            }
            body.write(pending, start + line, size);
            drop(line + size + 2);
        }
    }

    /** Trailer fields are read over. */
    private byte @Nullable [] readTrailer(ByteArrayOutputStream body) throws RejectedRequestException {
        // The line of the last chunk belongs to the search: without a trailer its line end is half of the empty line.
        int length = headLength();
        if (length < 0) {
            if (pendingBytes() > MAX_HEAD) {
                throw new RejectedRequestException(431, "the trailer is longer than " + MAX_HEAD + " bytes");
            }
            return null;
        }
        drop(length);
        chunks = null;
        return body.toByteArray();
    }

    private int lineLength() throws RejectedRequestException {
        for (int i = start; i < pending.length && i - start < MAX_CHUNK_LINE; i++) {
            if (pending[i] == '\n') {
                return i + 1 - start;
            }
        }
        if (pendingBytes() >= MAX_CHUNK_LINE) {
            throw new RejectedRequestException(400, "not the size of a chunk");
        }
        return -1;
    }

    private static int chunkSize(String line) throws RejectedRequestException {
        String size = line.split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new RejectedRequestException(400, "not the size of a chunk");
        }
        long number = Long.parseLong(size, 16);
        if (number > MAX_BODY) {
            throw tooLarge();
        }
        return (int) number;
    }

    private static RejectedRequestException tooLarge() {
        return new RejectedRequestException(413, "Failed to buffer the request body: length limit exceeded");
    }

    private String text(int count) {
        return new String(pending, start, count, StandardCharsets.ISO_8859_1);
    }

    private byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(pending, start, start + count);
        drop(count);
        return taken;
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
