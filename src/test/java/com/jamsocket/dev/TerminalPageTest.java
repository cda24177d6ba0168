package com.jamsocket.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.docs.Page;
import com.jamsocket.internal.dev.terminal.BackendRow;
import com.jamsocket.internal.dev.terminal.BackendRows;
import com.jamsocket.internal.dev.terminal.LiveTerminal;
import com.jamsocket.internal.dev.terminal.Screen;
import com.jamsocket.internal.dev.terminal.TerminalStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/dev-server.md shows of the program's terminal is what it prints. */
public class TerminalPageTest {

    private static final String ID = "k2h5xq0v9c1ab";
    private static final Instant READY = Instant.parse("2024-11-04T20:42:21.337Z");
    private static final LiveTerminal.Size SIZE = new LiveTerminal.Size(80, 24);
    private static final TerminalStyle PLAIN = new TerminalStyle(false);

    /** One backend, which somebody is connected to. */
    private static final class OneBackend implements LiveTerminal.Source {

        @Override
        public LiveTerminal.Size size() {
            return SIZE;
        }

        @Override
        public BackendRows backends() {
            Instant began = READY.minusSeconds(1);
            BackendRow row = new BackendRow(ID, "svc", "doc/42", "ann", BackendState.ready(READY), began, null);
            return new BackendRows(began.plusSeconds(12), List.of(row), 0);
        }

        @Override
        public String address() {
            return "http://127.0.0.1:8080/";
        }
    }

    @Test
    void isWhatThePageShows() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LiveTerminal terminal = new LiveTerminal(new PrintStream(bytes, false, StandardCharsets.UTF_8), PLAIN);
        TerminalOutput output = new TerminalOutput(terminal::line, PLAIN);
        output.changed(ID, BackendState.ready(READY));
        output.logged(ID, "Listening on 41873");
        terminal.typed("terminate k2");
        terminal.draw(new OneBackend(), SIZE);

        assertThat(new Screen(SIZE.columns(), SIZE.lines())
                        .write(bytes.toString(StandardCharsets.UTF_8))
                        .all())
                .containsExactlyElementsOf(Page.of("docs/dev-server.md")
                        .blocks("text")
                        .get(0)
                        .text()
                        .lines()
                        .toList());
    }
}
