package com.jamsocket.internal.dev.http;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Finds where the body of a message ends (RFC 9112, sections 6 and 7) while its bytes pass by; none of them is kept, so
 * a body may be of any length. What passes on keeps its framing, with extensions and trailers; what is read loses it.
 */
final class MessageBody {

    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_DIGITS = 15;

    private Part part;
    private long remaining;
    private int lineLength;
    private boolean lineHasText;
    private boolean lineHasCr;
    private boolean sizeHasEnded;
    private boolean inExtension;

    /** What the next byte belongs to. */
    private enum Part {
        BYTES,
        UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        NOTHING
    }

    private MessageBody(Part part, long length) {
        this.part = part;
        this.remaining = length;
    }

    static MessageBody ofLength(long length) {
        return new MessageBody(length == 0 ? Part.NOTHING : Part.BYTES, length);
    }

    static MessageBody chunked() {
        return new MessageBody(Part.CHUNK_SIZE, 0);
    }

    /** A body that ends with its connection. */
    static MessageBody untilClose() {
        return new MessageBody(Part.UNTIL_CLOSE, 0);
    }

    boolean isComplete() {
        return part == Part.NOTHING;
    }

    boolean endsWithConnection() {
        return part == Part.UNTIL_CLOSE;
    }

    /**
     * The next bytes of the body: a view of those of the buffer that belong to it, whose position is moved past them.
     *
     * @throws ProtocolException if they are no chunks
     */
    ByteBuffer take(ByteBuffer bytes) throws ProtocolException {
        int start = bytes.position();
        while (bytes.hasRemaining() && part != Part.NOTHING) {
            pass(bytes);
        }
        return bytes.slice(start, bytes.position() - start);
    }

    /**
     * Reads the next bytes of the body, which is not one that ends with its connection: without what frames them. It
     * stops behind each part of the framing, so that {@link #announced()} can be asked before what follows is read.
     *
     * @throws ProtocolException if they are no chunks
     */
    void read(ByteBuffer bytes, ByteArrayOutputStream content) throws ProtocolException {
        int start = bytes.position();
        boolean isContent = isContent();
        pass(bytes);
        if (isContent) {
            content.write(bytes.array(), bytes.arrayOffset() + start, bytes.position() - start);
        }
    }

    /** How many bytes are still to come of what was announced, of the body or its chunk; 0 while that is unknown. */
    long announced() {
        return isContent() ? remaining : 0;
    }

    private boolean isContent() {
        return part == Part.BYTES || part == Part.CHUNK;
    }

    private void pass(ByteBuffer bytes) throws ProtocolException {
        switch (part) {
            case BYTES, CHUNK -> passBytes(bytes);
            case UNTIL_CLOSE -> bytes.position(bytes.limit());
            case CHUNK_SIZE -> passSize(bytes.get());
            case CHUNK_END -> passChunkEnd(bytes.get());
            default -> passTrailer(bytes.get());
        }
    }

    private void passBytes(ByteBuffer bytes) {
        int count = (int) Math.min(remaining, bytes.remaining());
        bytes.position(bytes.position() + count);
        remaining -= count;
        if (remaining == 0) {
            part = part == Part.BYTES ? Part.NOTHING : Part.CHUNK_END;
        }
    }

    private void passSize(byte next) throws ProtocolException {
        requireShortLine();
        int digit = Character.digit(next, 16);
        if (endsLine(next)) {
            endSize();
        } else if (digit >= 0 && !sizeHasEnded) {
            lineHasText = true;
            if (lineLength > MAX_DIGITS) {
                throw new ProtocolException("a chunk is too long");
            }
            remaining = remaining * 16 + digit;
        } else if (next == ';' || next == ' ' || next == '\t' || next == '\r') {
            sizeHasEnded = true;
            inExtension |= next == ';';
        } else if (!inExtension) {
            throw new ProtocolException("not the size of a chunk");
        }
    }

    private void endSize() throws ProtocolException {
        if (!lineHasText) {
            throw new ProtocolException("a chunk without a size");
        }
        part = remaining == 0 ? Part.TRAILER : Part.CHUNK;
        lineHasText = false;
        sizeHasEnded = false;
        inExtension = false;
        lineLength = 0;
    }

    private void passChunkEnd(byte next) throws ProtocolException {
        lineLength++;
        if (next != (lineLength == 1 ? '\r' : '\n')) {
            throw new ProtocolException("a chunk is longer than it says");
        }
        if (next == '\n') {
            part = Part.CHUNK_SIZE;
            lineLength = 0;
        }
    }

    /** The empty line ends it, be there trailer fields or none. */
    private void passTrailer(byte next) throws ProtocolException {
        requireShortLine();
        if (endsLine(next)) {
            part = lineHasText ? Part.TRAILER : Part.NOTHING;
            lineHasText = false;
            lineLength = 0;
        } else if (next != '\r') {
            // Something is on this line.
            lineHasText = true;
        }
    }

    /** The lines pass as they are, so that nobody may take an LF or a CR alone for their end where others do not. */
    private boolean endsLine(byte next) throws ProtocolException {
        if (lineHasCr != (next == '\n')) {
            throw new ProtocolException("a line of a chunked body does not end with CR and LF");
        }
        lineHasCr = next == '\r';
        return next == '\n';
    }

    private void requireShortLine() throws ProtocolException {
        lineLength++;
        if (lineLength > MAX_LINE) {
            throw new ProtocolException("a line of a chunked body is too long");
        }
    }
}
