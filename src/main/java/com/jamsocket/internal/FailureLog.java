package com.jamsocket.internal;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs failures without a flood: the first of each kind where it is seen, the others at {@link Level#DEBUG} and
 * counted. The count is told when there will be no more of them. Safe for use by many threads.
 */
public final class FailureLog {

    private final System.Logger logger;
    private final Level level;

    /** Of what went wrong: mostly nothing, and there may be a log for each stream. */
    private @Nullable Map<String, Kind> kinds;

    private static final class Kind {
        final String first;
        int count;

        Kind(String first) {
            this.first = first;
        }
    }

    /** The first ones of it are logged at this level. */
    public FailureLog(System.Logger logger, Level level) {
        this.logger = logger;
        this.level = level;
    }

    /**
     * Logs a failure of code, whose stack trace says where it is.
     *
     * @return whether it is the first of its kind
     */
    public boolean log(String kind, String message, Throwable failure) {
        boolean first = isFirst(kind, message);
        logger.log(first ? level : Level.DEBUG, message, failure);
        return first;
    }

    /**
     * Logs a failure of something else, which the message of the failure explains; its stack trace is logged at
     * {@link Level#DEBUG}.
     *
     * @return whether it is the first of its kind
     */
    public boolean logBriefly(String kind, String message, Throwable failure) {
        boolean first = isFirst(kind, message);
        if (first) {
            String line = message + ": " + failure;
            logger.log(level, line);
        }
        logger.log(Level.DEBUG, message, failure);
        return first;
    }

    private synchronized boolean isFirst(String kind, String message) {
        if (kinds == null) {
            kinds = new LinkedHashMap<>();
        }
        return kinds.computeIfAbsent(kind, absent -> new Kind(message)).count++ == 0;
    }

    /** Tells how often what happened more than once did, and forgets it: the next failure is a first one. */
    public void end() {
        repeated().forEach(line -> logger.log(level, line));
    }

    private synchronized List<String> repeated() {
        if (kinds == null) {
            return List.of();
        }
        List<String> lines = kinds.values().stream()
                .filter(kind -> kind.count > 1)
                .map(kind -> kind.first + "; " + kind.count + " failures like this in all")
                .toList();
        kinds = null;
        return lines;
    }
}
