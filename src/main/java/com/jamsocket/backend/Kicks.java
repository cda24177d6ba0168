package com.jamsocket.backend;

import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revokes a user's access at once: the registry of users who were kicked out of this backend, and of the connections
 * that are open. Revoking his token is not enough, for a proxy that has seen it goes on taking it, and his sockets
 * stay open. So the application sends the backend a message that it has {@linkplain KickSigner signed}, and the
 * backend hands it to {@link #accept(String) accept}: the user's connections are closed, and {@link #admits} is false
 * until he is readmitted or the backend ends.
 *
 * <p>A message counts once, for one backend, and for at most five minutes; clocks may differ by half a minute. Safe for
 * use by many threads.
 */
public final class Kicks {

    private static final int MAX_LENGTH = 4096;
    private static final int LONGEST_LIFE = 5 * 60;
    private static final int SKEW = 30;
    private static final long FAR_FUTURE = 1L << 40;
    private static final System.Logger LOG = System.getLogger("com.jamsocket");

    private final SignedToken tokens;
    private final String backendId;
    private final Ticker ticker;

    private final Map<String, Set<Registration>> open = new HashMap<>();
    private final Set<String> kicked = new HashSet<>();
    private final Map<String, Long> heard = new HashMap<>();

    /**
     * Nobody is shut out yet.
     *
     * @param key what the application signs with
     * @param backendId the id of this backend, from {@link BackendEnvironment}
     * @throws IllegalArgumentException if the key has less than 32 bytes
     */
    public Kicks(byte[] key, String backendId) {
        this(key, backendId, new SystemTicker("jamsocket-kicks"));
    }

    Kicks(byte[] key, String backendId, Ticker ticker) {
        this.tokens = new SignedToken(key);
        this.backendId = Objects.requireNonNull(backendId, "backendId");
        this.ticker = ticker;
    }

    /** Whether the user of a request was not kicked; true for a request without a user. */
    public synchronized boolean admits(VerifiedRequest request) {
        return !kicked.contains(request.username());
    }

    /**
     * Registers an open connection. It is closed when its user is kicked, at once if he was already.
     *
     * @param connection what closes it; called by the thread that {@linkplain #accept(String) accepts} the
     *     message, so it should not wait long. What it throws is logged
     * @return to be closed when the connection is, to forget it
     */
    public Registration opened(VerifiedRequest request, AutoCloseable connection) {
        Registration registration = new Registration(request.username(), connection);
        if (!register(registration)) {
            registration.closeConnection();
        }
        return registration;
    }

    /**
     * Does what a message says.
     *
     * @throws IllegalArgumentException if it is not for this backend, not signed with the key, too old or from the
     *     future, was heard before, or is for a user whom no request can name; nothing is done then, and the message
     *     of the exception may be shown to the sender
     */
    public void accept(String message) {
        if (message.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the message is too long");
        }
        SignedToken.Content content = tokens.verify(message);
        Map<String, Object> claims = content.claims();
        require(backendId.equals(claims.get("aud")), "the message is for another backend");
        String user = text(claims, "sub", "the message names no user");
        require(Values.isHeaderText(user), "the message names a user whom no request can have");
        switch (content.type()) {
            case SignedToken.KICK -> kick(user, claims).forEach(Registration::closeConnection);
            case SignedToken.READMIT -> readmit(user, claims);
            default -> throw new IllegalArgumentException("the message is not of the kind that is heard here");
        }
    }

    /**
     * Does what a message says that is the body of a request. No more of it is read than a message may have, whoever
     * sends it.
     *
     * @param body is read, not closed
     * @throws IllegalArgumentException as from {@link #accept(String)}
     * @throws IOException if reading fails
     */
    public void accept(InputStream body) throws IOException {
        accept(new String(body.readNBytes(MAX_LENGTH + 1), StandardCharsets.UTF_8));
    }

    private synchronized List<Registration> kick(String user, Map<String, Object> claims) {
        hear(claims);
        kicked.add(user);
        Set<Registration> registrations = open.remove(user);
        return registrations == null ? List.of() : List.copyOf(registrations);
    }

    private synchronized void readmit(String user, Map<String, Object> claims) {
        hear(claims);
        kicked.remove(user);
    }

    /** Keeps a message in mind for as long as it could be sent again. */
    private void hear(Map<String, Object> claims) {
        long now = ticker.now().getEpochSecond();
        long issued = seconds(claims, "iat");
        long end = seconds(claims, "exp") + SKEW;
        require(issued <= now + SKEW, "the message is from the future");
        require(now < end, "the message is too old");
        require(end - SKEW <= issued + LONGEST_LIFE, "the message is valid for more than five minutes");
        String id = text(claims, "jti", "the message has no jti");
        heard.values().removeIf(past -> past <= now);
        require(heard.putIfAbsent(id, end) == null, "the message was heard before");
    }

    private synchronized boolean register(Registration registration) {
        String user = registration.user;
        if (user == null) {
            return true;
        }
        if (kicked.contains(user)) {
            return false;
        }
        open.computeIfAbsent(user, name -> new LinkedHashSet<>()).add(registration);
        return true;
    }

    private synchronized void forget(Registration registration) {
        if (registration.user != null) {
            open.computeIfPresent(registration.user, (user, registrations) -> {
                registrations.remove(registration);
                return registrations.isEmpty() ? null : registrations;
            });
        }
    }

    private static String text(Map<String, Object> claims, String name, String problem) {
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(problem);
    }

    private static long seconds(Map<String, Object> claims, String name) {
        Object value = claims.get(name);
        long seconds = value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : -1;
        require(seconds >= 0 && seconds < FAR_FUTURE, "the message has no " + name + " in seconds");
        return seconds;
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** An open connection, in the registry. */
    public final class Registration implements AutoCloseable {

        private final @Nullable String user;
        private final AutoCloseable connection;

        private Registration(@Nullable String user, AutoCloseable connection) {
            this.user = user;
            this.connection = Objects.requireNonNull(connection, "connection");
        }

        /** Forgets the connection. Further calls change nothing. */
        @Override
        public void close() {
            forget(this);
        }

        private void closeConnection() {
            try {
                connection.close();
            } catch (Exception e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "JAMSOCKET-502 A connection of a user who was kicked could not be closed",
                        e);
            }
        }
    }
}
