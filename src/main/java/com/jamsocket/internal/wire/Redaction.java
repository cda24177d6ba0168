package com.jamsocket.internal.wire;

import java.util.regex.Pattern;

/** Takes secrets out of what servers say, before it reaches a message or a log. */
public final class Redaction {

    private static final int EXCERPT = 200;

    /** A JSON member with a secret in its text; the text may be cut off at the end. */
    private static final Pattern MEMBER = Pattern.compile(
            "(\"(?:[a-z_]*token|url|ready_url|password|authorization|secret)\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*(\"|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEARER = Pattern.compile("(Bearer\\s+)[^\\s\"]+", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /** The text without secrets. */
    public static String of(String text) {
        String members = MEMBER.matcher(text).replaceAll("$1<redacted>$2");
        return BEARER.matcher(members).replaceAll("$1<redacted>");
    }

    /** The first 200 characters of the text, without secrets. */
    static String excerpt(String text) {
        // A look a little past the cut is enough to see whether a secret lies across it.
        String redacted = of(text.substring(0, Math.min(text.length(), 16 * EXCERPT)));
        return redacted.length() <= EXCERPT ? redacted : redacted.substring(0, EXCERPT) + "…";
    }
}
