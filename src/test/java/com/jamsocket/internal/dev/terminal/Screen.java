package com.jamsocket.internal.dev.terminal;

import java.util.ArrayList;
import java.util.List;

/** As much of a terminal as the program uses: what it shows after what was written to it, with what scrolled away. */
public final class Screen {

    private final int columns;
    private final int lines;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private boolean wraps = true;
    private int clears;

    public Screen(int columns, int lines) {
        this.columns = columns;
        this.lines = lines;
    }

    /** What was written to it, colours included. */
    public Screen write(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (text.charAt(end) < '@') {
                    end++;
                }
                steer(text.charAt(end), text.substring(i + 2, end));
                i = end;
            } else if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                down();
            } else {
                put(c);
            }
            i++;
        }
        return this;
    }

    private void steer(char what, String number) {
        switch (what) {
            // No further than to the first line that is shown.
            case 'A' -> row = Math.max(Math.max(0, rows.size() - lines), row - Integer.parseInt(number));
            case 'C' -> column += Integer.parseInt(number);
            case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
            case 'J' -> {
                clears += column == 0 && !rows.get(row).isEmpty() ? 1 : 0;
                rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                rows.subList(row + 1, rows.size()).clear();
            }
            case 'h', 'l' -> wraps = number.equals("?7") ? what == 'h' : wraps;
            case 'm' -> {}
            default -> throw new IllegalArgumentException("unknown to this screen: " + number + what);
        }
    }

    private void put(char c) {
        if (column == columns) {
            if (!wraps) {
                column--;
            } else {
                column = 0;
                down();
            }
        }
        StringBuilder shown = rows.get(row);
        while (shown.length() <= column) {
            shown.append(' ');
        }
        shown.setCharAt(column++, c);
    }

    private void down() {
        row++;
        if (row == rows.size()) {
            rows.add(new StringBuilder());
        }
    }

    /** All lines, those that have scrolled away first. */
    public List<String> all() {
        return rows.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    /** The line that the cursor is in, up to the cursor. */
    public String beforeCursor() {
        return rows.get(row).substring(0, column);
    }

    /** How often what was shown was taken away before something else was: what flickers. */
    public int clears() {
        return clears;
    }
}
