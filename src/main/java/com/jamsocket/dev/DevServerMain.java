package com.jamsocket.dev;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
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
        boolean terminal = isTerminal();
        TerminalOutput output = new TerminalOutput(System.out, terminal && TerminalOutput.hasColours(System.getenv()));
        JamsocketDevServer server = options.builder()
                .onChange(output::changed)
                .onLog(output::logged)
                .onRequest(output::answered)
                .start();
        output.line("Jamsocket development server on " + server.dashboardUrl());
        output.line("Connection URLs on " + server.connectionUrl());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            output.line("Stopped");
                        },
                        "jamsocket-dev-shutdown"));
        CountDownLatch quit = new CountDownLatch(1);
        if (terminal) {
            output.line("Type help for commands");
            readCommands(new TerminalCommands(server, output, quit::countDown));
        }
        quit.await();
    }

    /** From Java 22 on there is a console where there is no terminal too, unless the JDK is told which one to take. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    private static void readCommands(TerminalCommands commands) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        Thread reader = new Thread(() -> commands.readAll(in), "jamsocket-dev-commands");
        reader.setDaemon(true);
        reader.start();
    }
}
