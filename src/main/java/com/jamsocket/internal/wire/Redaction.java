package com.jamsocket.internal.wire;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what servers say, before it reaches a message or a log. The text may be JSON, whole or cut off,
 * JSON within a JSON text, HTML, or anything else: in doubt too much is taken out. What is known to be one of the
 * {@link Secrets} goes wherever it stands, the rest by its looks.
 *
 * <p>Every step takes time in proportion to the text, and no stack: it may be large, and is not to be trusted.
 */
public final class Redaction {

    private static final int EXCERPT = 200;
    private static final int READ_AT_MOST = 64 * 1024;
    private static final String MARK = "<redacted>";

    /** A name that promises a secret, and all that comes before the value; group 1 is the quote that opens it. */
    private static final Pattern NAME = Pattern.compile(
            "(?:tokens?|secrets?|passwords?|authorization|cookie|credentials?|api[_-]?key|url(?=\\\\*+[\"'`]))"
                    + "\\\\*+[\"'`]?\\s*+[:=]\\s*+(\\\\*+[\"'`])?(?:(?:Bearer|Basic)\\s++)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEARER =
            Pattern.compile("(\\bBearer\\s++)(?!token\\b)[^\\s\"',;<>]++", Pattern.CASE_INSENSITIVE);

    /** Who is named in an address, and where below its host it leads; the host itself is no secret. */
    private static final Pattern USER =
            Pattern.compile("\\b((?:https?|wss?):(?:\\\\*+/){2})[^\\s\"'<>/\\\\?#@]*+@", Pattern.CASE_INSENSITIVE);

    private static final Pattern PATH = Pattern.compile(
            "\\b((?:https?|wss?):(?:\\\\*+/){2}[^\\s\"'<>/\\\\?#]*+)(?:\\\\*+[/?#])[^\\s\"'<>]++",
            Pattern.CASE_INSENSITIVE);

    /** A long word of mixed letters and digits, as tokens are. Digests and UUIDs have no capital letters. */
    private static final Pattern OPAQUE =
            Pattern.compile("(?<![\\w-])(?=[\\w-]*[0-9])(?=[\\w-]*[a-z])(?=[\\w-]*[A-Z])[\\w-]{32,}+");

    private static final Set<String> HARMLESS = Set.of("null", "true", "false", "");

    private Redaction() {}

    /** The text without secrets. */
    public static String of(String text) {
        String redacted = withoutNamed(Secrets.hide(text, MARK));
        redacted = USER.matcher(redacted).replaceAll("$1" + "redacted@");
        redacted = PATH.matcher(redacted).replaceAll("$1/" + MARK);
        redacted = BEARER.matcher(redacted).replaceAll("$1" + MARK);
        return OPAQUE.matcher(redacted).replaceAll(MARK);
    }

    /** At most 200 characters from the beginning of the text, without secrets and in one line. */
    public static String excerpt(String text) {
        String line = of(text.substring(0, Math.min(text.length(), READ_AT_MOST)))
                .replaceAll("[\\p{Cntrl}\\s]++", " ")
                .strip();
        if (line.length() <= EXCERPT) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(EXCERPT - 2)) ? EXCERPT - 2 : EXCERPT - 1;
        return line.substring(0, end) + "…";
    }

    private static String withoutNamed(String text) {
        StringBuilder redacted = new StringBuilder(text.length());
        Matcher name = NAME.matcher(text);
        int from = 0;
        while (name.find(from)) {
            redacted.append(text, from, name.end());
            from = endOfValue(text, name.end(), name.group(1));
            String value = text.substring(name.end(), from);
            redacted.append(HARMLESS.contains(value) ? value : MARK);
        }
        return redacted.append(text, from, text.length()).toString();
    }

    private static int endOfValue(String text, int start, @Nullable String quote) {
        if (quote != null) {
            return endOfQuoted(text, start, quote);
        }
        if (start < text.length() && "{[".indexOf(text.charAt(start)) >= 0) {
            return text.length();
        }
        int end = start;
        while (end < text.length() && !isDelimiter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where a quote stands that is escaped no more than the opening one was; the end of the text if there is none. */
    private static int endOfQuoted(String text, int start, String quote) {
        int backslashes = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote.charAt(quote.length() - 1) && backslashes < quote.length()) {
                return i - backslashes;
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return text.length();
    }

    private static boolean isDelimiter(char c) {
        return Character.isWhitespace(c) || ",;&<>\"'`\\{}[]()".indexOf(c) >= 0;
    }
}
