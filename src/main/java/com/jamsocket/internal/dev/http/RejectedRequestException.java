package com.jamsocket.internal.dev.http;

/** What was received is no request this server takes; the connection ends with an answer of this status. */
final class RejectedRequestException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    RejectedRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
