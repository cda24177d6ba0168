package com.jamsocket.dev;

import java.io.Serial;

/** A request that is understood and refused; each face says so in its own form. */
final class Refused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String kind;

    Refused(int status, String kind, String message) {
        super(message);
        this.status = status;
        this.kind = kind;
    }

    static Refused unknownBackend() {
        return new Refused(404, "NotFound", "Backend does not exist");
    }

    int status() {
        return status;
    }

    String kind() {
        return kind;
    }
}
