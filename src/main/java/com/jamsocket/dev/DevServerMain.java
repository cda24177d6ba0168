package com.jamsocket.dev;

import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** The server as a program. */
final class DevServerMain {

    private static final int WRONG_COMMAND_LINE = 2;

    private DevServerMain() {}

    /** Runs until the process is asked to end; returns with an exit code if there is nothing to run. */
    static int run(String... args) throws InterruptedException {
        ProgramOptions options;
        try {
            options = ProgramOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; --help shows the options");
            return WRONG_COMMAND_LINE;
        }
        if (options.help()) {
            System.out.print(ProgramOptions.HELP);
            return 0;
        }
        if (options.version()) {
            System.out.println(version());
            return 0;
        }
        try {
            run(options);
            return 0;
        } catch (UncheckedIOException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            System.err.println(e.getMessage() + ": " + (cause.getCause() == null ? cause : cause.getCause()));
            return 1;
        }
    }

    private static String version() {
        String version = DevServerMain.class.getPackage().getImplementationVersion();
        return "Jamsocket development server " + (version == null ? "(unpackaged)" : version);
    }

    private static void run(ProgramOptions options) throws InterruptedException {
        ProgramTerminal terminal = ProgramTerminal.open(System.getenv());
        JamsocketDevServer server;
        try {
            TerminalOutput output = terminal.output();
            server = options.builder()
                    .onChange(output::changed)
                    .onLog(output::logged)
                    .onRequest(output::answered)
                    .start();
        } catch (RuntimeException e) {
            terminal.close();
            throw e;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            terminal.output().line("Stopped");
                            terminal.close();
                        },
                        "jamsocket-dev-shutdown"));
        terminal.output().line("Jamsocket development server on " + server.dashboardUrl());
        terminal.output().line("Connection URLs on " + server.connectionUrl());
        CountDownLatch quit = new CountDownLatch(1);
        terminal.show(server, quit::countDown);
        quit.await();
    }
}
