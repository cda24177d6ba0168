package com.jamsocket.internal.http;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * A response whose body is read within a limit of length and of time: the read timeout of a Jakarta REST client begins
 * anew with each byte.
 */
final class LimitedResponse implements AutoCloseable {

    private static final byte[] NONE = {};

    private final Response response;
    private final Deadline deadline;
    private boolean partlyRead;

    LimitedResponse(Response response, Deadline deadline) {
        this.response = response;
        this.deadline = deadline;
    }

    /** The answer, with its body as far as a caller looks at it. */
    Reply reply() throws IOException {
        return Reply.of(response.getStatus(), response::getHeaderString, body());
    }

    private byte[] body() throws IOException {
        if (!response.hasEntity() && !hasUntypedBody()) {
            return NONE;
        }
        // The response is closed instead, which closes it.
        @SuppressWarnings("resource")
        InputStream body = response.readEntity(InputStream.class);
        partlyRead = true;
        byte[] bytes = new byte[1024];
        int length = 0;
        while (length <= Reply.MAX_BODY) {
            int read = body.read(bytes, length, bytes.length - length);
            if (read < 0) {
                partlyRead = false;
                break;
            }
            length += read;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            if (deadline.isOver()) {
                throw new SocketTimeoutException("the body did not end");
            }
        }
        return Arrays.copyOf(bytes, Math.min(length, declaredLength()));
    }

    /** HttpURLConnection takes for the body what a server sends behind it, such as a 408 when it gives up. */
    private int declaredLength() {
        String declared = response.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (declared == null || response.getHeaderString("Transfer-Encoding") != null) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(declared.strip());
        } catch (NumberFormatException e) {
            // Then nobody knows how long it is.
            return Integer.MAX_VALUE;
        }
    }

    /** RESTEasy says that there is no entity where the server does not say what it is. */
    private boolean hasUntypedBody() {
        return response.getMediaType() == null
                && (response.getLength() > 0 || response.getHeaderString("Transfer-Encoding") != null);
    }

    /** Some clients read what is left of a body before they close it, for which no caller waits. */
    @Override
    public void close() {
        if (partlyRead) {
            DaemonThreads.thread("jamsocket-discard", this::discard).start();
        } else {
            response.close();
        }
    }

    private void discard() {
        try {
            response.close();
        } catch (RuntimeException e) {
            // It is given up, perhaps with its client, and the caller was told why.
        }
    }
}
