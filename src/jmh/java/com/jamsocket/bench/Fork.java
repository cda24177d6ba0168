package com.jamsocket.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A JVM of the same version and class path, for one sample or for the stub. It says what it has found in lines that
 * begin with {@value #MARK}; everything else goes to the error output of this one. It is ended by {@link #close}.
 */
final class Fork implements AutoCloseable {

    private static final String MARK = "figure|";

    private final Process process;
    private final BufferedReader output;

    private Fork(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Fork start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx2g",
                // Jersey's connector keeps five idle connections by default, and this would be all that is measured.
                "-Dhttp.maxConnections=256",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new Fork(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Said by a forked JVM: one sample. */
    static void tell(String measure, String unit, double value) {
        System.out.println(MARK + measure + "|" + unit + "|" + value);
        System.out.flush();
    }

    /** What a forked JVM does. */
    interface Work {
        void run() throws Exception;
    }

    /** Done by a forked JVM: it ends with the work, and with a failure, whatever threads it still has. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the process that has started this one sees it
    static void end(Work work) {
        int code = 1;
        try {
            work.run();
            code = 0;
        } catch (Exception failure) {
            failure.printStackTrace();
        } finally {
            System.exit(code);
        }
    }

    /** The next line that the fork writes. */
    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a forked JVM has ended without an answer");
        }
        return line;
    }

    /** Runs a sample to its end, and hands on what it says. */
    static void sample(Class<?> main, Consumer<String[]> measured, String... args)
            throws IOException, InterruptedException {
        try (Fork fork = start(main, args)) {
            for (String line = fork.output.readLine(); line != null; line = fork.output.readLine()) {
                if (line.startsWith(MARK)) {
                    measured.accept(line.substring(MARK.length()).split("\\|"));
                } else {
                    System.err.println(line);
                }
            }
            int code = fork.process.waitFor();
            if (code != 0) {
                throw new IOException("a sample has failed with " + code + ": " + String.join(" ", args));
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            output.close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
