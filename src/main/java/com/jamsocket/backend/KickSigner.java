package com.jamsocket.backend;

import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.Values;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Signs the messages by which an application kicks a user out of a backend, and readmits him: its side of
 * {@link Kicks}. {@code POST} one to where the backend listens for it, within a minute. Safe for use by many threads.
 *
 * <p>A message is a JSON Web Token, signed with HMAC-SHA256 (HS256), so that it can be made in any language:
 * {@code typ} is {@code kick+jwt} or {@code readmit+jwt}; {@code sub} the user, {@code aud} the backend's id,
 * {@code iat} and {@code exp} seconds since 1970, at most five minutes apart, and {@code jti} something that is never
 * used again.
 */
public final class KickSigner {

    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final SignedToken tokens;
    private final Ticker ticker;

    /**
     * Signs with a key that the application and its backends share.
     *
     * @throws IllegalArgumentException if it has less than 32 bytes
     */
    public KickSigner(byte[] key) {
        this(key, new SystemTicker("jamsocket-kicks"));
    }

    KickSigner(byte[] key, Ticker ticker) {
        this.tokens = new SignedToken(key);
        this.ticker = ticker;
    }

    /**
     * A message that kicks a user: his connections are closed, and new ones refused.
     *
     * @throws IllegalArgumentException if no request can name that user, so that nobody would be kicked: with a control
     *     character other than a TAB, or with a space or TAB at an end
     */
    public String kick(String backendId, String user) {
        return sign(SignedToken.KICK, backendId, user);
    }

    /**
     * A message that readmits a user.
     *
     * @throws IllegalArgumentException if no request can name that user
     */
    public String readmit(String backendId, String user) {
        return sign(SignedToken.READMIT, backendId, user);
    }

    private String sign(String type, String backendId, String user) {
        long now = ticker.now().getEpochSecond();
        return tokens.sign(
                type,
                Map.of(
                        "sub",
                        Values.requireHeaderText(user, "user"),
                        "aud",
                        backendId,
                        "iat",
                        now,
                        "exp",
                        now + LIFETIME.toSeconds(),
                        "jti",
                        UUID.randomUUID().toString()));
    }
}
