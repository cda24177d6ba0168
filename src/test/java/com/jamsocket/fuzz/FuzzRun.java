package com.jamsocket.fuzz;

import com.jamsocket.testkit.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Has Jazzer look for inputs that a reader cannot take, with what is covered as its guide: each target for so many
 * seconds, or those which are named. What it finds is written to target/fuzz, and belongs to src/test/corpus.
 *
 * <p>Run with the profile {@code fuzz}; arguments are the seconds, 60 if not given, and names of {@link FuzzTarget}.
 */
public final class FuzzRun {

    private static final Path FOUND = Path.of("target/fuzz");

    private FuzzRun() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = args.length == 0 ? 60 : Integer.parseInt(args[0]);
        List<FuzzTarget> targets = args.length < 2
                ? List.of(FuzzTarget.values())
                : Arrays.stream(args, 1, args.length)
                        .map(name -> FuzzTarget.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        for (FuzzTarget target : targets) {
            fuzz(target, seconds);
        }
        System.out.println("Nothing was found: " + targets + ", " + seconds + " s each");
    }

    /** In a process of its own, for Jazzer ends its own when it has found something. */
    private static void fuzz(FuzzTarget target, int seconds) throws IOException, InterruptedException {
        Path inputs = Files.createDirectories(FOUND.resolve(target.directory()));
        Process jazzer = new ProcessBuilder(Jvm.command(
                        "-Xmx512m",
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.type().getName(),
                        "--instrumentation_includes=com.jamsocket.**",
                        "--reproducer_path=" + FOUND,
                        "-artifact_prefix=" + FOUND.resolve("found-" + target.directory() + "-"),
                        "-max_total_time=" + seconds,
                        "-print_final_stats=1",
                        inputs.toString(),
                        target.corpus().toString()))
                .inheritIO()
                .start();
        if (jazzer.waitFor() != 0) {
            throw new AssertionError(target + " does not read what is in " + FOUND);
        }
    }
}
