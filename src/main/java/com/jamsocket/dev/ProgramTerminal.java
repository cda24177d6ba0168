package com.jamsocket.dev;

import com.jamsocket.internal.dev.terminal.BackendRows;
import com.jamsocket.internal.dev.terminal.LiveTerminal;
import com.jamsocket.internal.dev.terminal.TerminalKeys;
import com.jamsocket.internal.dev.terminal.TerminalStyle;
import com.jamsocket.internal.dev.terminal.Tty;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program prints, and where commands are typed: a live table with lines above it in a terminal that gives
 * keys and can be drawn on, lines alone in any other, and no commands where there is no terminal.
 */
final class ProgramTerminal {

    private final boolean present;
    private final @Nullable Tty tty;
    private final @Nullable LiveTerminal live;
    private final TerminalOutput output;

    private ProgramTerminal(boolean present, @Nullable Tty tty, TerminalStyle style) {
        this.present = present;
        this.tty = tty;
        this.live = tty == null ? null : new LiveTerminal(System.out, style);
        this.output = new TerminalOutput(live == null ? System.out::println : live::line, style);
    }

    /** The terminal of a program with this environment. */
    static ProgramTerminal open(Map<String, String> env) {
        boolean present = isTerminal();
        Tty tty = present && TerminalStyle.canSteer(env) ? Tty.byKeys().orElse(null) : null;
        return new ProgramTerminal(present, tty, new TerminalStyle(present && TerminalStyle.hasColours(env)));
    }

    /** From Java 22 on there is a console where there is no terminal too, unless the JDK is told which one to take. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    TerminalOutput output() {
        return output;
    }

    /**
     * Shows what runs in a server, and runs the commands that are typed.
     *
     * @param quit ends the program
     */
    void show(JamsocketDevServer server, Runnable quit) {
        LiveTerminal table = live;
        Tty keys = tty;
        if (table != null && keys != null) {
            // What is logged would be written into the table.
            System.setErr(new PrintStream(new Lines(table), true, Charset.defaultCharset()));
            table.start(source(server, keys));
        } else if (present) {
            output.line("Type help for commands");
        }
        if (present) {
            Thread reader = new Thread(() -> new TerminalCommands(server, output, quit).readAll(input()));
            reader.setName("jamsocket-dev-commands");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private TerminalCommands.Input input() {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        LiveTerminal table = live;
        return table == null ? TerminalCommands.lines(in) : new TerminalKeys(in, table::typed)::readAll;
    }

    private static LiveTerminal.Source source(JamsocketDevServer server, Tty tty) {
        return new LiveTerminal.Source() {
            @Override
            public LiveTerminal.Size size() {
                return tty.size();
            }

            @Override
            public BackendRows backends() {
                return server.rows();
            }

            @Override
            public String address() {
                return server.dashboardUrl().toString();
            }
        };
    }

    /** Leaves the terminal as it was, but for the lines. */
    void close() {
        if (live != null) {
            live.close();
        }
        if (tty != null) {
            tty.restore();
        }
    }

    /** What is written, line by line. */
    private static final class Lines extends OutputStream {

        private final LiveTerminal table;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(LiveTerminal table) {
            this.table = table;
        }

        @Override
        public synchronized void write(int octet) {
            if (octet == '\n') {
                table.line(line.toString(Charset.defaultCharset()));
                line.reset();
            } else {
                line.write(octet);
            }
        }
    }
}
