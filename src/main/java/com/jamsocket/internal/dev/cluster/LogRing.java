package com.jamsocket.internal.dev.cluster;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last log lines of a backend. Safe for use by several threads. */
public final class LogRing {

    private static final int MAX_LINES = 1_000;
    private static final int MAX_LENGTH = 8 * 1024;

    /** So many lines of an ended backend are kept: they may say why it has ended. */
    private static final int MAX_LAST_LINES = 100;

    private final Deque<Line> lines = new ArrayDeque<>();
    private int limit = MAX_LINES;
    private long count;

    /**
     * A line.
     *
     * @param number how many lines of the backend there were with it
     * @param time when it came
     * @param text the line without its end
     */
    public record Line(long number, Instant time, String text) {}

    /** Adds a line, in the place of the oldest one if there are many; a long one is cut. */
    synchronized Line add(Instant time, String text) {
        Line line = new Line(++count, time, text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + " …" : text);
        lines.add(line);
        trim();
        return line;
    }

    /** There will be no more to speak of. */
    synchronized void end() {
        limit = MAX_LAST_LINES;
        trim();
    }

    private void trim() {
        while (lines.size() > limit) {
            lines.removeFirst();
        }
    }

    /** The lines, oldest first. */
    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }
}
