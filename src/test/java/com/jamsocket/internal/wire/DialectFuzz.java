package com.jamsocket.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.JamsocketException;
import com.jamsocket.PlaneSettings;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Any answer is read, or refused by an exception of ours that does not repeat all of it. The first byte says what kind
 * of server has answered to what.
 */
public final class DialectFuzz {

    private static final int LONGEST_MESSAGE = 2_000;

    private static final List<Dialect> DIALECTS = List.of(
            new JamsocketDialect("acme", "docs", ServerKind.API),
            new JamsocketDialect("acme", "docs", ServerKind.DEV_SERVER),
            new PlaneDialect(
                    PlaneSettings.builder(URI.create("http://plane.invalid"))
                            .image("docs")
                            .build(),
                    null));

    private DialectFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int kind = input[0] & 0xff;
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        try {
            read(DIALECTS.get(kind % 3), kind / 3, body);
        } catch (JamsocketException refused) {
            String message = String.valueOf(refused.getMessage());
            if (message.length() > LONGEST_MESSAGE) {
                throw new AssertionError("a message of " + message.length() + " characters");
            }
        }
    }

    private static void read(Dialect dialect, int what, byte[] body) {
        switch (what) {
            case 0 -> print(dialect.state(body));
            case 1 -> print(dialect.state(new String(body, UTF_8)));
            case 2 -> print(dialect.connectResponse(body));
            default -> dialect.server().body(dialect.status("b1"), new Reply(200 + 4 * what, body), Instant.EPOCH);
        }
    }

    /** What is read can be logged, too. */
    private static void print(Object read) {
        if (read.toString().isEmpty()) {
            throw new AssertionError("nothing to print");
        }
    }
}
