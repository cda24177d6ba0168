package com.jamsocket.dev;

/** What was received is no request this server takes; the connection ends with an answer of this status. */
final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    RefusedRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
