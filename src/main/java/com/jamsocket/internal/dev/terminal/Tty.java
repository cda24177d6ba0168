package com.jamsocket.internal.dev.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that the program reads from, by {@code stty}: Java has no way of its own to read keys one by one, nor to
 * know how large a terminal is. Not on Windows, which has no such program.
 */
public final class Tty {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    /** Lines and columns; a terminal that does not know says 0. */
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})");

    private static final LiveTerminal.Size USUAL = new LiveTerminal.Size(80, 24);
    private static final int PATIENCE_SECONDS = 5;

    private final String before;

    private Tty(String before) {
        this.before = before;
    }

    /** Has the terminal give each key at once and not show it by itself; empty where that cannot be done. */
    public static Optional<Tty> byKeys() {
        try {
            String before = stty("-g");
            if (before.isEmpty()) {
                return Optional.empty();
            }
            Tty tty = new Tty(before);
            stty("-icanon", "-echo", "min", "1");
            return Optional.of(tty);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "No keys of the terminal", e);
            return Optional.empty();
        }
    }

    /** Has it as it was before. */
    public void restore() {
        try {
            stty(before);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The terminal is not as it was before: type reset", e);
        }
    }

    /** How large it is; that starts a program. */
    public LiveTerminal.Size size() {
        try {
            Matcher found = SIZE.matcher(stty("size"));
            if (found.matches()) {
                return new LiveTerminal.Size(Integer.parseInt(found.group(2)), Integer.parseInt(found.group(1)));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The size of the terminal is not known", e);
        }
        return USUAL;
    }

    /** What it says; nothing if it fails. */
    private static String stty(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectInput(Redirect.INHERIT)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0 ? said.strip() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
