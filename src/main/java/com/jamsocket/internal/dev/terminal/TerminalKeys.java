package com.jamsocket.internal.dev.terminal;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A line that is typed key by key: characters, backspace, Ctrl-U for all of them, and Ctrl-D in an empty line. */
public final class TerminalKeys {

    private static final char BACKSPACE = '\b';
    private static final char DELETE = '\u007f';
    private static final char END = '\u0004';
    private static final char KILL_LINE = '\u0015';
    private static final char ESCAPE = '\u001b';

    private final Reader keys;
    private final Consumer<String> shown;
    private final StringBuilder line = new StringBuilder();

    /**
     * What is typed.
     *
     * @param shown is told of the line as it is now
     */
    public TerminalKeys(Reader keys, Consumer<String> shown) {
        this.keys = keys;
        this.shown = shown;
    }

    /**
     * Hands over what is typed, line by line, until one says that it was the last.
     *
     * @param command whether to go on after this line
     * @return whether it was to end; false if nothing more can be typed
     */
    public boolean readAll(Predicate<String> command) throws IOException {
        for (int key = keys.read(); key >= 0; key = keys.read()) {
            if (key == '\n' || key == '\r') {
                String typed = line.toString();
                line.setLength(0);
                shown.accept("");
                if (!command.test(typed)) {
                    return true;
                }
            } else if (key == END && line.isEmpty()) {
                return true;
            } else {
                edit((char) key);
                shown.accept(line.toString());
            }
        }
        return false;
    }

    private void edit(char key) throws IOException {
        switch (key) {
            case BACKSPACE, DELETE -> {
                if (!line.isEmpty()) {
                    line.setLength(line.offsetByCodePoints(line.length(), -1));
                }
            }
            case KILL_LINE -> line.setLength(0);
            case ESCAPE -> skipSequence();
            default -> {
                if (!Character.isISOControl(key)) {
                    line.append(key);
                }
            }
        }
    }

    /** Keys such as arrows: an escape, a bracket or an O, and what ends with a letter or a tilde. */
    private void skipSequence() throws IOException {
        int key = keys.ready() ? keys.read() : -1;
        if (key == '[' || key == 'O') {
            do {
                key = keys.read();
            } while (key >= ' ' && key < '@');
        }
    }
}
