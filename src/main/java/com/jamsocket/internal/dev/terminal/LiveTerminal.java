package com.jamsocket.internal.dev.terminal;

import com.jamsocket.internal.DaemonThreads;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A terminal with a table at its end that is drawn again in place, below the lines that scroll, and above what is being
 * typed. Each picture is written at once and over the one before, so that nothing flickers; one is drawn when something
 * is new, at most twenty times a second, and once a second as time goes by. Whoever has a line to show never waits for
 * the terminal. For all threads.
 */
public final class LiveTerminal {

    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(50);
    private static final Duration LONGEST_PICTURE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** A terminal that was stopped, as by Ctrl-S, shows no more than so many lines afterwards. */
    private static final int MAX_WAITING = 10_000;

    /** Some lines are left to what scrolls. */
    private static final int LINES_BESIDE_ROWS = 6;

    private static final String PROMPT = "> ";
    private static final String HINT = "list, terminate ID, kill ID, restart, help, quit";
    private static final String BEHIND_PROMPT = "\r" + TerminalStyle.ESCAPE + PROMPT.length() + "C";
    private static final String NEXT_LINE = TerminalStyle.ESCAPE + "K\r\n";
    private static final String TO_END_OF_SCREEN = TerminalStyle.ESCAPE + "J";
    private static final String NO_WRAP = TerminalStyle.ESCAPE + "?7l";
    private static final String WRAP = TerminalStyle.ESCAPE + "?7h";
    private static final String NO_CURSOR = TerminalStyle.ESCAPE + "?25l";
    private static final String CURSOR = TerminalStyle.ESCAPE + "?25h";

    private final PrintStream out;
    private final TerminalStyle style;
    private final Deque<String> waiting = new ArrayDeque<>();
    private String typed = "";
    private long leftOut;
    private boolean closed;
    private final Semaphore changes = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);

    /** Held while it is written, which may take as long as the terminal is stopped; never while one holds this. */
    private final Object writing = new Object();

    private String shown = "";
    private int height;

    /** What is shown. */
    public interface Source {
        /** How large the terminal is. To know that takes a while. */
        Size size();

        BackendRows backends();

        /** Where the dashboard is. */
        String address();
    }

    /** How large a terminal is. */
    public record Size(int columns, int lines) {}

    public LiveTerminal(PrintStream out, TerminalStyle style) {
        this.out = out;
        this.style = style;
    }

    /** Draws from now on, on a daemon thread. */
    public void start(Source source) {
        DaemonThreads.thread("jamsocket-dev-terminal", () -> run(source)).start();
    }

    private void run(Source source) {
        try {
            Size size = source.size();
            Duration sinceLook = Duration.ZERO;
            do {
                draw(source, size);
                boolean news = changes.tryAcquire(LONGEST_PICTURE.toMillis(), TimeUnit.MILLISECONDS);
                sinceLook = sinceLook.plus(news ? BETWEEN_PICTURES : LONGEST_PICTURE);
                if (sinceLook.compareTo(BETWEEN_LOOKS) >= 0) {
                    size = source.size();
                    sinceLook = Duration.ZERO;
                }
            } while (!end.await(BETWEEN_PICTURES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The server is closed: what is left to show is shown by close().
        }
    }

    /** Shows a line above the table. */
    public void line(String line) {
        String harmless = TerminalStyle.withoutSteering(line);
        if (!keep(harmless)) {
            synchronized (writing) {
                out.println(harmless);
            }
        }
    }

    /** Whether there will be a picture to show it with. */
    private synchronized boolean keep(String line) {
        if (closed) {
            return false;
        }
        waiting.add(line);
        if (waiting.size() > MAX_WAITING) {
            waiting.removeFirst();
            leftOut++;
        }
        change();
        return true;
    }

    /** Shows what is typed. */
    public synchronized void typed(String text) {
        typed = text;
        change();
    }

    /** Has it drawn soon. */
    private void change() {
        changes.release();
    }

    /** Draws once. */
    public void draw(Source source, Size size) {
        changes.drainPermits();
        List<String> table = table(source, size);
        synchronized (writing) {
            List<String> lines;
            String prompt;
            synchronized (this) {
                if (closed) {
                    return;
                }
                lines = takeWaiting();
                prompt = prompt(size);
            }
            String end = String.join("\n", table) + "\n" + prompt;
            if (!lines.isEmpty() || !end.equals(shown)) {
                write(picture(lines, table, prompt));
                shown = end;
                height = table.size();
            }
        }
    }

    private List<String> table(Source source, Size size) {
        BackendRows backends = source.backends();
        List<BackendRow> running = backends.running();
        int most = Math.max(0, Math.min(running.size(), size.lines() - LINES_BESIDE_ROWS));
        List<BackendRow> rows = running.subList(running.size() - most, running.size());
        List<String> table = new ArrayList<>(BackendTable.lines(rows, backends.now(), size.columns(), style));
        String summary = backends.summary() + (most < running.size() ? ", the last " + most + " are shown" : "");
        table.add(style.in(TerminalStyle.DIM, TerminalStyle.cut(summary + "  " + source.address(), size.columns())));
        return table;
    }

    private String picture(List<String> lines, List<String> table, String prompt) {
        StringBuilder picture = new StringBuilder(NO_CURSOR).append(toStart());
        lines.forEach(line -> picture.append(line).append(NEXT_LINE));
        picture.append(NO_WRAP);
        table.forEach(line -> picture.append(line).append(NEXT_LINE));
        return picture.append(prompt).append(WRAP).append(CURSOR).toString();
    }

    private void write(String picture) {
        out.print(picture);
        out.flush();
    }

    private List<String> takeWaiting() {
        List<String> lines = new ArrayList<>(waiting);
        waiting.clear();
        if (leftOut > 0) {
            lines.add(0, style.in(TerminalStyle.DIM, "(" + leftOut + " lines left out)"));
            leftOut = 0;
        }
        return lines;
    }

    private String prompt(Size size) {
        int room = size.columns() - PROMPT.length();
        return PROMPT
                + (typed.isEmpty()
                        ? style.in(TerminalStyle.DIM, TerminalStyle.cut(HINT, room)) + TO_END_OF_SCREEN + BEHIND_PROMPT
                        : TerminalStyle.end(TerminalStyle.printable(typed), room - 1) + TO_END_OF_SCREEN);
    }

    /** To where the picture before began: the cursor is in its last line. */
    private String toStart() {
        return (height > 0 ? TerminalStyle.ESCAPE + height + "A" : "") + "\r";
    }

    /** Takes the table away; what comes from now on is lines alone. */
    public void close() {
        synchronized (writing) {
            List<String> lines;
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
                end.countDown();
                change();
                lines = takeWaiting();
            }
            StringBuilder picture = new StringBuilder(toStart());
            lines.forEach(line -> picture.append(line).append(NEXT_LINE));
            write(picture.append(TO_END_OF_SCREEN).append(CURSOR).toString());
        }
    }
}
