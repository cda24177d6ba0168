package com.example.visits;

import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.VerifiedRequest;
import java.nio.charset.StandardCharsets;

/** Who may come in. */
public final class Guests {

    public static final String SECRET = "S3CRET";
    public static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    public static final String BACKEND_ID = "b1";

    static final Kicks KICKS = new Kicks(KEY, BACKEND_ID);

    private Guests() {}

    static boolean letIn(VerifiedRequest request) {
        return request.hasSecret(SECRET) && KICKS.admits(request);
    }

    static String describe(VerifiedRequest request) {
        return request.username() + " " + request.userData() + " " + request.backendId();
    }
}
