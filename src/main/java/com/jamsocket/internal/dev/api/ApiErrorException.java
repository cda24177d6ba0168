package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.cluster.ClusterException;
import java.io.Serial;

/** A request that is answered with an error; each API writes it in its own form. */
final class ApiErrorException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String kind;

    ApiErrorException(int status, String kind, String message) {
        super(message);
        this.status = status;
        this.kind = kind;
    }

    /** The same status and kind in both dialects. */
    static ApiErrorException of(ClusterException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return switch (refusal.reason()) {
            case UNKNOWN_BACKEND -> new ApiErrorException(404, "NotFound", message);
            case KEY_HELD -> new ApiErrorException(409, "KeyHeld", message);
            case KEY_UNHELD -> new ApiErrorException(409, "KeyUnheldNoSpawnConfig", message);
            case ID_IN_USE -> new ApiErrorException(500, "FailedToAcquireKey", message);
            case TOO_LARGE, BREAKS -> new ApiErrorException(500, "Other", message);
            case NO_DRONE -> new ApiErrorException(500, "NoDroneAvailable", message);
        };
    }

    int status() {
        return status;
    }

    String kind() {
        return kind;
    }
}
