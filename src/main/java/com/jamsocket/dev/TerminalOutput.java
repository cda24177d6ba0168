package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the program prints: lines, with colours on a terminal that has them. For all threads. */
final class TerminalOutput {

    private static final String ESCAPE = "\u001b[";
    private static final String RESET = ESCAPE + "0m";
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    /** Of which each backend has one, so that its lines are found among those of others. */
    private static final List<String> OF_BACKENDS = List.of("36", "35", "34", "96", "95", "94");

    private static final int MAX_CELL = 40;

    private final PrintStream out;
    private final boolean coloured;

    TerminalOutput(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Whether a terminal with this environment shows colours, and its user wants them. */
    static boolean hasColours(Map<String, String> env) {
        String term = env.getOrDefault("TERM", "");
        return env.getOrDefault("NO_COLOR", "").isEmpty()
                && (env.containsKey("WT_SESSION") || !(term.isEmpty() || term.equals("dumb")));
    }

    void line(String text) {
        out.println(text);
    }

    /** A change of a backend, and of an end what is known of it. */
    void changed(String id, BackendState state) {
        line(in(DIM, state.time().toString()) + "  " + ofBackend(id, id) + "  " + in(colour(state), text(state)));
    }

    /** A log line. Its own colours, which many programs leave on, end with it. */
    void logged(String id, String text) {
        line(ofBackend(id, id + " |") + " " + text + (coloured && text.contains(ESCAPE) ? RESET : ""));
    }

    /** A request, if it was refused. */
    void answered(RecordedRequest request) {
        if (request.status() >= 400) {
            String refusal = request.refusal();
            String reason = refusal == null || refusal.isEmpty() ? "" : "  " + printable(refusal);
            line(in(DIM, request.time().toString()) + "  " + in(RED, request + reason));
        }
    }

    /** The backends that have not ended, as a table. */
    void table(List<BackendSnapshot> backends) {
        List<BackendSnapshot> live = backends.stream()
                .filter(backend -> backend.state().status() != BackendStatus.TERMINATED)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "SERVICE", "KEY", "USER", "SINCE", "STATUS"));
        live.forEach(backend -> rows.add(cells(backend)));
        if (!live.isEmpty()) {
            int[] widths = widths(rows);
            line(in(BOLD, row(rows.get(0), widths) + "STATUS"));
            for (int i = 0; i < live.size(); i++) {
                BackendState state = live.get(i).state();
                line(row(rows.get(i + 1), widths) + in(colour(state), text(state)));
            }
        }
        line(live.size() + " running, " + (backends.size() - live.size()) + " ended");
    }

    private static List<String> cells(BackendSnapshot backend) {
        String key = backend.key();
        String user = backend.user();
        return List.of(
                backend.id(),
                cell(backend.request().service()),
                key == null ? "-" : cell(key),
                user == null ? "-" : cell(user),
                backend.state().time().truncatedTo(ChronoUnit.SECONDS).toString(),
                text(backend.state()));
    }

    private static String cell(String text) {
        String shown = printable(text);
        return shown.length() > MAX_CELL ? shown.substring(0, MAX_CELL - 1) + "…" : shown;
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size() - 1];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    /** All cells but the last, which is not padded. */
    private static String row(List<String> cells, int[] widths) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            row.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        return row.toString();
    }

    private static String text(BackendState state) {
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
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String ofBackend(String id, String text) {
        return in(OF_BACKENDS.get(Math.floorMod(id.hashCode(), OF_BACKENDS.size())), text);
    }

    private String in(String colour, String text) {
        return coloured ? ESCAPE + colour + "m" + text + RESET : text;
    }
}
