package com.jamsocket.dev;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a connection receives into requests (RFC 9112). Bytes are kept only while a request is unfinished, so that a
 * connection at rest costs nothing.
 */
final class HttpRequestParser {

    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_BODY = 2 * 1024 * 1024;
    private static final int MAX_CHUNK_LINE = 1024;
    private static final byte[] NONE = {};

    private byte[] pending = NONE;
    private @Nullable HttpHead head;
    private long bodyLength;
    private @Nullable ByteArrayOutputStream chunks;
    private boolean continueWanted;

    /** How many received bytes wait for their turn. */
    int pendingBytes() {
        return pending.length;
    }

    /** Takes what was received. */
    void add(ByteBuffer received) {
        int old = pending.length;
        pending = Arrays.copyOf(pending, old + received.remaining());
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
    HttpRequest next() throws RefusedRequestException {
        HttpHead current = head == null ? readHead() : head;
        if (current == null) {
            return null;
        }
        byte[] body = bodyLength < 0 ? readChunks() : readBody();
        if (body == null) {
            return null;
        }
        head = null;
        continueWanted = false;
        return current.with(body);
    }

    private @Nullable HttpHead readHead() throws RefusedRequestException {
        skipEmptyLines();
        int end = headEnd();
        if (end > MAX_HEAD || (end < 0 && pending.length > MAX_HEAD)) {
            throw new RefusedRequestException(431, "the head is longer than " + MAX_HEAD + " bytes");
        }
        if (end < 0) {
            return null;
        }
        String text = new String(pending, 0, end, StandardCharsets.ISO_8859_1);
        HttpHead parsed = HttpHead.parse(text.stripTrailing());
        drop(end);
        bodyLength = parsed.bodyLength();
        if (bodyLength > MAX_BODY) {
            throw tooLarge();
        }
        continueWanted = parsed.expectsContinue();
        head = parsed;
        return parsed;
    }

    /** Some clients send an empty line after a body. */
    private void skipEmptyLines() {
        int start = 0;
        while (start < pending.length && (pending[start] == '\r' || pending[start] == '\n')) {
            start++;
        }
        drop(start);
    }

    /** Where the bytes after the empty line begin, or -1. */
    private int headEnd() {
        for (int i = 0; i + 1 < pending.length; i++) {
            if (pending[i] == '\n') {
                int next = pending[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < pending.length && pending[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    private byte @Nullable [] readBody() {
        return pending.length < bodyLength ? null : take((int) bodyLength);
    }

    private byte @Nullable [] readChunks() throws RefusedRequestException {
        ByteArrayOutputStream body = chunks == null ? new ByteArrayOutputStream() : chunks;
        chunks = body;
        while (true) {
            int lineEnd = lineEnd();
            if (lineEnd < 0) {
                return null;
            }
            int size = chunkSize(new String(pending, 0, lineEnd, StandardCharsets.ISO_8859_1));
            if (size == 0) {
                return readTrailer(lineEnd, body);
            }
            if (body.size() + size > MAX_BODY) {
                throw tooLarge();
            }
            if (pending.length < lineEnd + size + 2) {
                return null;
            }
            body.write(pending, lineEnd, size);
            if (pending[lineEnd + size] != '\r' || pending[lineEnd + size + 1] != '\n') {
                throw new RefusedRequestException(400, "a chunk is longer than it says");
            }
            drop(lineEnd + size + 2);
        }
    }

    /** Trailer fields are read over. */
    private byte @Nullable [] readTrailer(int lineEnd, ByteArrayOutputStream body) throws RefusedRequestException {
        // The line of the last chunk belongs to the search: without a trailer its line end is half of the empty line.
        int end = headEnd();
        if (end < 0) {
            if (pending.length > lineEnd + MAX_HEAD) {
                throw new RefusedRequestException(431, "the trailer is longer than " + MAX_HEAD + " bytes");
            }
            return null;
        }
        drop(end);
        chunks = null;
        return body.toByteArray();
    }

    private int lineEnd() throws RefusedRequestException {
        for (int i = 0; i < pending.length && i < MAX_CHUNK_LINE; i++) {
            if (pending[i] == '\n') {
                return i + 1;
            }
        }
        if (pending.length >= MAX_CHUNK_LINE) {
            throw new RefusedRequestException(400, "not the size of a chunk");
        }
        return -1;
    }

    private static int chunkSize(String line) throws RefusedRequestException {
        String size = line.split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new RefusedRequestException(400, "not the size of a chunk");
        }
        long number = Long.parseLong(size, 16);
        if (number > MAX_BODY) {
            throw tooLarge();
        }
        return (int) number;
    }

    private static RefusedRequestException tooLarge() {
        return new RefusedRequestException(413, "the body is longer than " + MAX_BODY + " bytes");
    }

    private byte[] take(int count) {
        byte[] taken = Arrays.copyOf(pending, count);
        drop(count);
        return taken;
    }

    private void drop(int count) {
        if (count > 0) {
            pending = count == pending.length ? NONE : Arrays.copyOfRange(pending, count, pending.length);
        }
    }
}
