package com.jamsocket.internal.dev.launch;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a POSIX shell does, with its quotes, but expands nothing. */
public final class ShellWords {

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int next;

    private ShellWords(String line) {
        this.line = line;
    }

    /**
     * The words, at least one.
     *
     * @throws IllegalArgumentException if there is none, or a quote has no end
     */
    public static List<String> split(String line) {
        List<String> words = new ShellWords(line).split();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("an empty command");
        }
        return words;
    }

    private List<String> split() {
        while (next < line.length()) {
            char c = line.charAt(next++);
            switch (c) {
                case '\'' -> quoted();
                case '"' -> doublyQuoted();
                case '\\' -> append(escaped());
                case ' ', '\t', '\n' -> endWord();
                default -> append(c);
            }
        }
        endWord();
        return words;
    }

    private void quoted() {
        inWord = true;
        int end = line.indexOf('\'', next);
        if (end < 0) {
            throw unended('\'');
        }
        word.append(line, next, end);
        next = end + 1;
    }

    private void doublyQuoted() {
        inWord = true;
        while (true) {
            if (next == line.length()) {
                throw unended('"');
            }
            char c = line.charAt(next++);
            if (c == '"') {
                return;
            }
            boolean escapes = c == '\\' && next < line.length() && "\"\\$`".indexOf(line.charAt(next)) >= 0;
            word.append(escapes ? line.charAt(next++) : c);
        }
    }

    private char escaped() {
        if (next == line.length()) {
            throw new IllegalArgumentException("a command that ends with a backslash: " + line);
        }
        return line.charAt(next++);
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private IllegalArgumentException unended(char quote) {
        return new IllegalArgumentException("a command with a " + quote + " that has no end: " + line);
    }
}
