package com.jamsocket.internal.dev.terminal;

import com.jamsocket.BackendState;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How text looks on a terminal: with colours or without them, and never so that it steers the terminal. */
public record TerminalStyle(boolean coloured) {

    public static final String ESCAPE = "\u001b[";
    public static final String BOLD = "1";
    public static final String DIM = "2";
    public static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RESET = ESCAPE + "0m";

    /** Of which each backend has one, so that its lines are found among those of others. */
    private static final List<String> OF_BACKENDS = List.of("36", "35", "34", "96", "95", "94");

    /** What steers a terminal but for colours: sequences with a letter at their end, titles, and single characters. */
    private static final Pattern STEERING = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-ln-~]"
            + "|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|\u001b[^\\[\\]]|\u001b$"
            + "|[\\p{Cntrl}\u0080-\u009f&&[^\t\u001b]]");

    /** Whether a terminal with this environment can be written on anywhere, not only at its end. */
    public static boolean canSteer(Map<String, String> env) {
        String term = env.getOrDefault("TERM", "");
        return env.containsKey("WT_SESSION") || !(term.isEmpty() || term.equals("dumb"));
    }

    /** Whether a terminal with this environment shows colours, and its user wants them. */
    public static boolean hasColours(Map<String, String> env) {
        return env.getOrDefault("NO_COLOR", "").isEmpty() && canSteer(env);
    }

    public String in(String colour, String text) {
        return coloured ? ESCAPE + colour + "m" + text + RESET : text;
    }

    public String ofBackend(String id, String text) {
        return in(OF_BACKENDS.get(Math.floorMod(id.hashCode(), OF_BACKENDS.size())), text);
    }

    public String ofState(BackendState state) {
        return in(colour(state), text(state));
    }

    /** A line that a program has written. Its own colours, which many leave on, end with it. */
    public String ofProgram(String line) {
        return line + (coloured && line.contains(ESCAPE) ? RESET : "");
    }

    public static String text(BackendState state) {
        if (state instanceof BackendState.Terminating ending) {
            return ending.statusName() + " (" + ending.reasonName() + ")";
        }
        if (state instanceof BackendState.HardTerminating ending) {
            return ending.statusName() + " (" + ending.reasonName() + ")";
        }
        return state.statusName() + (hasFailed(state) ? " with an error" : "");
    }

    private static boolean hasFailed(BackendState state) {
        return state instanceof BackendState.Terminated ended && Boolean.TRUE.equals(ended.exitError());
    }

    private static String colour(BackendState state) {
        return switch (state.status()) {
            case READY -> GREEN;
            case TERMINATED -> hasFailed(state) ? RED : DIM;
            default -> YELLOW;
        };
    }

    /** What clients have sent cannot steer the terminal, nor begin a line. */
    public static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A line of which only the colours are left of what steers a terminal. */
    public static String withoutSteering(String line) {
        return STEERING.matcher(line).replaceAll("");
    }

    /** How many columns text takes: Chinese, Japanese, Korean and emoji take two, marks on a letter none. */
    public static int columns(String text) {
        return text.codePoints().map(TerminalStyle::columns).sum();
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }

    /** Text of so many columns: cut, or padded. */
    public static String fitted(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - columns(cut)));
    }

    /** Text of so many columns at most. */
    public static String cut(String text, int columns) {
        return columns(text) > columns ? start(text, columns - 1) + "…" : text;
    }

    private static String start(String text, int columns) {
        StringBuilder start = new StringBuilder();
        int left = columns;
        for (int c : text.codePoints().toArray()) {
            left -= columns(c);
            if (left < 0) {
                break;
            }
            start.appendCodePoint(c);
        }
        return start.toString();
    }

    /** The last characters of a text that fit into so many columns. */
    public static String end(String text, int columns) {
        int from = 0;
        while (columns(text.substring(from)) > Math.max(0, columns)) {
            from = text.offsetByCodePoints(from, 1);
        }
        return text.substring(from);
    }
}
