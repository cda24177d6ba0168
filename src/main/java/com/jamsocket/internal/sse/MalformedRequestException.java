package com.jamsocket.internal.sse;

/** Request filters have made a request that HTTP does not allow. The text says which part, and never its value. */
public final class MalformedRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
        super(message);
    }

    static MalformedRequestException header(String name) {
        return new MalformedRequestException(
                "HTTP does not allow the header " + name + " with the value that a request filter has given it");
    }
}
