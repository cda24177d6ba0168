package com.jamsocket.dev;

import com.jamsocket.BackendState;
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
        JamsocketDevServer server = options.builder()
                .onChange((id, state) -> System.out.println(state.time() + "  " + id + "  " + text(state)))
                .onLog((id, line) -> System.out.println(id + " | " + line))
                .onRequest(DevServerMain::showRefusal)
                .start();
        System.out.println("Jamsocket development server on " + server.dashboardUrl());
        System.out.println("Connection URLs on " + server.connectionUrl());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            System.out.println("Stopped");
                        },
                        "jamsocket-dev-shutdown"));
        new CountDownLatch(1).await();
    }

    /** A status, and of an end what is known of it. */
    private static String text(BackendState state) {
        if (state instanceof BackendState.Terminating ending) {
            return ending.statusName() + " (" + ending.reasonName() + ")";
        }
        if (state instanceof BackendState.HardTerminating ending) {
            return ending.statusName() + " (" + ending.reasonName() + ")";
        }
        boolean failed = state instanceof BackendState.Terminated ended && Boolean.TRUE.equals(ended.exitError());
        return state.statusName() + (failed ? " with an error" : "");
    }

    private static void showRefusal(RecordedRequest request) {
        if (request.status() >= 400) {
            String reason = request.refusal() == null || request.refusal().isEmpty() ? "" : "  " + request.refusal();
            System.out.println(request.time() + "  " + request + reason);
        }
    }
}
