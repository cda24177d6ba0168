package com.jamsocket.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process for one sample, or for a server: a JVM of the same version and class path, or Node. It says what it has
 * found in lines that begin with {@value #MARK}; everything else goes to the error output of this one. It is ended by
 * {@link #close}.
 */
final class Fork implements AutoCloseable {

    private static final String MARK = "figure|";

    private final List<String> command;
    private final Process process;
    private final BufferedReader output;

    private Fork(List<String> command) throws IOException {
        this.command = command;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A JVM with Jersey. */
    static Fork java(Class<?> main, String... args) throws IOException {
        return java(List.of("resteasy-"), main, args);
    }

    /** A JVM with RESTEasy in the place of Jersey. */
    static Fork javaWithRestEasy(Class<?> main, String... args) throws IOException {
        return java(List.of("jersey-", "hk2-"), main, args);
    }

    /** Whether the class path of this JVM has RESTEasy beside Jersey. */
    static boolean hasRestEasy() {
        return classPath().anyMatch(isOneOf(List.of("resteasy-client-")));
    }

    private static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
    }

    private static Predicate<Path> isOneOf(List<String> prefixes) {
        return jar -> prefixes.stream().anyMatch(jar.getFileName().toString()::startsWith);
    }

    private static Fork java(List<String> without, Class<?> main, String... args) throws IOException {
        String classPath = classPath()
                .filter(isOneOf(without).negate())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx2g",
                // Jersey's connector keeps five idle connections by default, and this would be all that is measured.
                "-Dhttp.maxConnections=256"));
        command.addAll(compilerOfThisJvm());
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(args));
        return new Fork(command);
    }

    /** A build has but the quick one; what is measured has both, as applications have. */
    private static List<String> compilerOfThisJvm() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }

    /** Whether there is Node. */
    static boolean hasNode() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Path.of(directory, "node").toFile().canExecute());
    }

    /** Node with one of the scripts of {@code src/jmh/js}. */
    static Fork node(String script, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", "--expose-gc", "src/jmh/js/" + script));
        command.addAll(List.of(args));
        return new Fork(command);
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

    /** One sample that a process says it has taken. */
    interface Told {
        void add(String measure, String unit, double value);
    }

    /** Waits for the end of the process, and hands on what it says. */
    void run(Told told) throws IOException, InterruptedException {
        try (this) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(MARK)) {
                    String[] parts = line.substring(MARK.length()).split("\\|", -1);
                    told.add(parts[0], parts[1], Double.parseDouble(parts[2]));
                } else {
                    System.err.println(line);
                }
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("a sample has failed with " + code + ": " + String.join(" ", command));
            }
        }
    }

    /** The next line that the process writes. */
    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a forked process has ended without an answer");
        }
        return line;
    }

    /** Writes a line to the process; answers with the next that it writes. */
    String ask(String question) throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(question + "\n");
        input.flush();
        return line();
    }

    /** The processor time of the process so far, in steps of 10 ms. */
    double cpuMicros() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
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
