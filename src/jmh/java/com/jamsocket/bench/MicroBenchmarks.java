package com.jamsocket.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of JMH, all of them in each round, so that the candidates alternate. Arguments: the file of
 * figures, the number of rounds, the milliseconds of an iteration, the number of iterations.
 */
public final class MicroBenchmarks {

    private static final List<String> CANDIDATES =
            List.of("Jamsocket", "Jackson", "Yasson", "OkhttpEventsource", "Jersey");

    private MicroBenchmarks() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(measure(arguments.number(1, 3), arguments.number(2, 300), arguments.number(3, 5), 1));
    }

    /** Without a JVM of its own for each benchmark, if there are no forks, nothing is measured that is worth much. */
    static List<Figure> measure(int rounds, int millis, int iterations, int forks) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            results.addAll(new Runner(new OptionsBuilder()
                            .include("com\\.jamsocket\\..*")
                            .forks(forks)
                            .warmupIterations(iterations)
                            .warmupTime(TimeValue.milliseconds(millis))
                            .measurementIterations(iterations)
                            .measurementTime(TimeValue.milliseconds(millis))
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .verbosity(forks == 0 ? VerboseMode.SILENT : VerboseMode.NORMAL)
                            .build())
                    .run());
        }
        return figures(results);
    }

    private static List<Figure> figures(Collection<RunResult> results) {
        Figures figures = new Figures("micro");
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String method = name.substring(name.lastIndexOf('.') + 1);
            String candidate =
                    CANDIDATES.stream().filter(method::endsWith).findFirst().orElseThrow();
            if (candidate.equals("Yasson") && method.startsWith("readState") && isPlane(result)) {
                continue;
            }
            String against = method.startsWith("decode") ? "OkhttpEventsource" : "Jackson";
            String subject = method.substring(0, method.length() - candidate.length()) + parameters(result);
            for (IterationResult iteration : iterations(result)) {
                figures.add(
                        subject + ": time",
                        "ns",
                        candidate,
                        against,
                        iteration.getPrimaryResult().getScore());
                figures.add(
                        subject + ": allocated",
                        "B",
                        candidate,
                        against,
                        iteration
                                .getSecondaryResults()
                                .get("gc.alloc.rate.norm")
                                .getScore());
            }
        }
        return figures.all();
    }

    private static boolean isPlane(RunResult result) {
        return "plane".equals(result.getParams().getParam("dialect"));
    }

    private static List<IterationResult> iterations(RunResult result) {
        List<IterationResult> iterations = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            iterations.addAll(fork.getIterationResults());
        }
        return iterations;
    }

    private static String parameters(RunResult result) {
        StringBuilder text = new StringBuilder();
        for (String key : result.getParams().getParamsKeys()) {
            text.append(", ").append(result.getParams().getParam(key));
        }
        return text.toString();
    }
}
