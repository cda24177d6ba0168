package com.jamsocket.internal.dev.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backends as the lines of a table. Where it is narrow, cells are cut first, and columns left out then. */
public final class BackendTable {

    private static final String BETWEEN = "  ";
    private static final int WIDEST = 40;
    private static final int NARROWEST = 8;

    private enum Column {
        ID,
        SERVICE,
        KEY,
        USER,
        AGE,
        IDLE,
        STATUS
    }

    private static final List<Column> CUT = List.of(Column.SERVICE, Column.KEY, Column.USER);
    private static final List<Column> LEFT_OUT =
            List.of(Column.USER, Column.SERVICE, Column.IDLE, Column.AGE, Column.KEY);

    private BackendTable() {}

    /** The title and a line for each backend; nothing if there is none. */
    public static List<String> lines(List<BackendRow> backends, Instant now, int width, TerminalStyle style) {
        if (backends.isEmpty()) {
            return List.of();
        }
        List<Map<Column, String>> rows =
                backends.stream().map(backend -> cells(backend, now)).toList();
        Map<Column, Integer> widths = widths(rows, width);
        List<String> lines = new ArrayList<>();
        StringBuilder title = new StringBuilder();
        widths.forEach((column, columns) -> title.append(cell(column, column.name(), columns)));
        lines.add(style.in(TerminalStyle.BOLD, title.toString()));
        for (int i = 0; i < rows.size(); i++) {
            BackendRow backend = backends.get(i);
            Map<Column, String> row = rows.get(i);
            StringBuilder line = new StringBuilder();
            widths.forEach((column, columns) -> {
                String cell = cell(column, row.getOrDefault(column, ""), columns);
                line.append(
                        switch (column) {
                            case ID -> style.ofBackend(backend.id(), cell);
                            case STATUS -> style.ofState(backend.state());
                            default -> cell;
                        });
            });
            lines.add(line.toString());
        }
        return lines;
    }

    /** Nothing follows the last one. */
    private static String cell(Column column, String text, int columns) {
        return column == Column.STATUS ? text : TerminalStyle.fitted(text, columns) + BETWEEN;
    }

    private static Map<Column, String> cells(BackendRow backend, Instant now) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.put(Column.ID, TerminalStyle.printable(backend.id()));
        cells.put(Column.SERVICE, TerminalStyle.printable(backend.service()));
        cells.put(Column.KEY, orDash(backend.key()));
        cells.put(Column.USER, orDash(backend.user()));
        cells.put(Column.AGE, time(Duration.between(backend.began(), now)));
        Instant idleSince = backend.idleSince();
        cells.put(Column.IDLE, idleSince == null ? "-" : time(Duration.between(idleSince, now)));
        cells.put(Column.STATUS, TerminalStyle.text(backend.state()));
        return cells;
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : TerminalStyle.printable(text);
    }

    private static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600 ? seconds / 60 + "m" : seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86400 + "d";
    }

    /** The columns that are shown, and how wide each is. */
    private static Map<Column, Integer> widths(List<Map<Column, String>> rows, int width) {
        Map<Column, Integer> widths = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            int widest = rows.stream()
                    .mapToInt(row -> TerminalStyle.columns(row.getOrDefault(column, "")))
                    .max()
                    .orElse(0);
            widths.put(
                    column, Math.max(column.name().length(), CUT.contains(column) ? Math.min(widest, WIDEST) : widest));
        }
        cut(widths, width);
        for (Column column : LEFT_OUT) {
            if (total(widths) > width) {
                widths.remove(column);
            }
        }
        return widths;
    }

    private static void cut(Map<Column, Integer> widths, int width) {
        for (int over = total(widths) - width; over > 0; over--) {
            Column widest = Column.SERVICE;
            for (Column column : CUT) {
                widest = widths.getOrDefault(column, 0) > widths.getOrDefault(widest, 0) ? column : widest;
            }
            if (widths.getOrDefault(widest, 0) <= NARROWEST) {
                return;
            }
            widths.merge(widest, -1, Integer::sum);
        }
    }

    private static int total(Map<Column, Integer> widths) {
        return widths.values().stream().mapToInt(Integer::intValue).sum() + BETWEEN.length() * (widths.size() - 1);
    }
}
