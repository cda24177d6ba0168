package com.jamsocket.dev;

import com.jamsocket.internal.dev.terminal.BackendRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Commands that are typed while the program runs, one a line. */
final class TerminalCommands {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    private static final List<String> HELP = List.of(
            "list          shows the backends that run",
            "terminate ID  asks a backend to end; the start of its id will do",
            "kill ID       ends a backend at once",
            "restart       asks all commands to end; the next connect starts anew",
            "help          shows this",
            "quit          ends the server with all backends");

    private final JamsocketDevServer server;
    private final TerminalOutput output;
    private final Runnable quit;

    /**
     * The commands for this server.
     *
     * @param quit ends the program
     */
    TerminalCommands(JamsocketDevServer server, TerminalOutput output, Runnable quit) {
        this.server = server;
        this.output = output;
        this.quit = quit;
    }

    /** Where lines are typed. */
    interface Input {
        /**
         * Hands over line by line, until one says that it was the last.
         *
         * @return whether to end; false if nothing more can be typed
         */
        boolean readAll(Predicate<String> command) throws IOException;
    }

    /** Lines that the terminal itself puts together. */
    static Input lines(BufferedReader in) {
        return command -> {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!command.test(line)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Runs what is typed, until it is to quit, or nothing more can come: then the server goes on. */
    void readAll(Input in) {
        try {
            if (in.readAll(this::run)) {
                quit.run();
            }
        } catch (IOException | IllegalStateException e) {
            // The terminal is gone, or the server is closed.
            LOG.log(System.Logger.Level.TRACE, "No more commands", e);
        }
    }

    private boolean run(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "" -> {}
            case "list" -> output.table(server.rows());
            case "terminate" -> terminate(argument, false);
            case "kill" -> terminate(argument, true);
            case "restart" -> output.line(asked(server.restart("ends for a restart, asked for in the terminal")));
            case "help" -> HELP.forEach(output::line);
            case "quit" -> {
                return false;
            }
            default -> output.line("unknown command " + words[0] + "; help shows the commands");
        }
        return true;
    }

    /** By the id, or as much of its start as no other that runs has. */
    private void terminate(String start, boolean hard) {
        if (start.isEmpty()) {
            output.line("which backend? list shows their ids");
            return;
        }
        List<String> running = server.rows().running().stream()
                .map(BackendRow::id)
                .filter(id -> id.startsWith(start))
                .toList();
        if (running.size() > 1 && !running.contains(start)) {
            output.line("several: " + String.join(", ", running));
            return;
        }
        String id = running.size() == 1 ? running.get(0) : start;
        try {
            // What happens to it is shown as it happens.
            if (!server.terminate(id, hard)) {
                output.line(id + " has ended already");
            }
        } catch (IllegalArgumentException unknown) {
            output.line("no backend " + id);
        }
    }

    private static String asked(int backends) {
        return backends == 0
                ? "no backend runs a command"
                : backends + (backends == 1 ? " backend" : " backends") + " asked to end; the next connect starts anew";
    }
}
