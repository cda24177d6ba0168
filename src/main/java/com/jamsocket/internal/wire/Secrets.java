package com.jamsocket.internal.wire;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that clients here have, to be taken out of any text by {@link Redaction} as they stand: those that open
 * clients send, and the latest that servers gave them. One place for all clients, for whatever shows a text of a server
 * would need to know whose it is otherwise.
 */
public final class Secrets {

    /** What is shorter is found in other words too, and no secret. */
    private static final int SHORTEST = 6;

    private static final int LATEST = 256;

    /** Each with how many clients have it. */
    private static final Map<String, Integer> SENT = new ConcurrentHashMap<>();

    private static final Set<String> RECEIVED =
            Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > LATEST;
                }
            }));

    private Secrets() {}

    /** Takes these out of texts until {@link #released}. */
    public static void sent(Collection<String> secrets) {
        secrets.stream().filter(Secrets::isOne).forEach(secret -> SENT.merge(secret, 1, Integer::sum));
    }

    /** The other end of {@link #sent}. */
    public static void released(Collection<String> secrets) {
        secrets.forEach(secret -> SENT.computeIfPresent(secret, (same, count) -> count == 1 ? null : count - 1));
    }

    /** Takes this out of texts until some hundred others have come after its last time; null is none. */
    public static void received(@Nullable String secret) {
        if (secret != null && isOne(secret)) {
            RECEIVED.add(secret);
        }
    }

    private static boolean isOne(String text) {
        return text.length() >= SHORTEST;
    }

    /** The text with a mark in the place of each secret. */
    static String hide(String text, String mark) {
        String hidden = text;
        for (String secret : SENT.keySet()) {
            hidden = hidden.replace(secret, mark);
        }
        List<String> received;
        synchronized (RECEIVED) {
            received = List.copyOf(RECEIVED);
        }
        for (String secret : received) {
            hidden = hidden.replace(secret, mark);
        }
        return hidden;
    }
}
