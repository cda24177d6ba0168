package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.terminal.BackendRows;
import com.jamsocket.internal.dev.terminal.BackendTable;
import com.jamsocket.internal.dev.terminal.TerminalStyle;
import java.util.function.Consumer;

/**
 * What the program prints: lines, with colours on a terminal that has them, and nothing else that steers it. For all
 * threads.
 */
final class TerminalOutput {

    private final Consumer<String> out;
    private final TerminalStyle style;

    TerminalOutput(Consumer<String> out, TerminalStyle style) {
        this.out = out;
        this.style = style;
    }

    void line(String text) {
        out.accept(TerminalStyle.withoutSteering(text));
    }

    /** A change of a backend, and of an end what is known of it. */
    void changed(String id, BackendState state) {
        line(style.in(TerminalStyle.DIM, state.time().toString()) + "  " + style.ofBackend(id, id) + "  "
                + style.ofState(state));
    }

    /** A log line. */
    void logged(String id, String text) {
        line(style.ofBackend(id, id + " |") + " " + style.ofProgram(text));
    }

    /** A request, if it was refused. */
    void answered(RecordedRequest request) {
        if (request.status() >= 400) {
            String refusal = request.refusal();
            String reason = refusal == null || refusal.isEmpty() ? "" : "  " + refusal;
            line(style.in(TerminalStyle.DIM, request.time().toString()) + "  "
                    + style.in(TerminalStyle.RED, TerminalStyle.printable(request + reason)));
        }
    }

    /** The backends that have not ended, as a table. */
    void table(BackendRows backends) {
        BackendTable.lines(backends.running(), backends.now(), Integer.MAX_VALUE, style)
                .forEach(this::line);
        line(backends.summary());
    }
}
