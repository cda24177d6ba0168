package com.jamsocket.internal.dev.http;

import java.util.ArrayList;
import java.util.List;

/** What heads of requests and answers have in common. Without regular expressions: each message passes here. */
final class HeadLines {

    private static final String VERSION = "HTTP/1.";

    private HeadLines() {}

    /** The lines, at least one; they end with LF, or CR and LF. */
    static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            boolean cr = end > start && text.charAt(end - 1) == '\r';
            lines.add(text.substring(start, cr ? end - 1 : end));
            start = end + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }

    /** Whether it is one of the versions of HTTP/1. */
    static boolean isVersion(String text) {
        return text.length() == VERSION.length() + 1
                && text.startsWith(VERSION)
                && isDigit(text.charAt(text.length() - 1));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
