package com.jamsocket.internal.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the headers that an application sets for every request, and the token, which is sent in one. */
public final class HeaderFields {

    /** Set by the HTTP clients themselves, which drop or refuse any other value. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "access-control-request-headers",
            "access-control-request-method",
            "connection",
            "content-length",
            "content-transfer-encoding",
            "expect",
            "host",
            "keep-alive",
            "origin",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    /** Set by this client for each request, which would not work with any other value. */
    private static final Set<String> OF_THE_REQUEST =
            Set.of("accept", "accept-encoding", "cache-control", "content-type", "last-event-id");

    private static final int MAX_SHOWN = 60;

    private static final Pattern AROUND = Pattern.compile("^[ \t]+|[ \t]+$");

    /** Source: RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private HeaderFields() {}

    /** Strips one trailing line break, which a secret from a file has, and surrounding blanks. */
    public static String value(String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        return AROUND.matcher(line).replaceAll("");
    }

    /** Whether a value has nothing but printable ASCII. */
    public static boolean isPrintable(String value) {
        return value.chars().allMatch(HeaderFields::isPrintable);
    }

    private static boolean isPrintable(int character) {
        return character >= ' ' && character <= '~';
    }

    /** What is wrong with a header, as the end of a sentence that begins with its name; null if nothing is. */
    public static @Nullable String problem(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches()) {
            return "has a name that HTTP does not allow";
        }
        if (OF_THE_CONNECTION.contains(lower) || lower.startsWith("sec-")) {
            return "cannot be set: it belongs to the connection";
        }
        if (OF_THE_REQUEST.contains(lower)) {
            return "cannot be set: this client sets it itself";
        }
        return isPrintable(value) ? null : "must have a value of printable ASCII text";
    }

    /** A name as it can be shown, whatever it is. */
    public static String shown(String name) {
        return name.codePoints()
                .limit(MAX_SHOWN)
                .map(c -> isPrintable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
