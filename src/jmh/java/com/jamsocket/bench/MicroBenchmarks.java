package com.jamsocket.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of JMH, all of them in each round, so that the candidates alternate. Arguments: the file of
 * figures, the number of rounds, the milliseconds of an iteration,
 * the number of iterations, and which benchmarks (a regular expression).
 */
public final class MicroBenchmarks {

    private static final List<String> OURS_FIRST = List.of("Jamsocket", "Jackson", "Yasson", "OkhttpEventsource");

    private MicroBenchmarks() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        TimeValue iteration = TimeValue.milliseconds(args.length > 2 ? Integer.parseInt(args[2]) : 500);
        int iterations = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        List<RunResult> results = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            results.addAll(new Runner(new OptionsBuilder()
                            .include(args.length > 4 ? args[4] : "com\\.jamsocket\\..*")
                            .forks(1)
                            .warmupIterations(iterations)
                            .warmupTime(iteration)
                            .measurementIterations(iterations)
                            .measurementTime(iteration)
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .build())
                    .run());
        }
        List<Figure> figures = figures(results);
        System.out.print(Figures.table(figures));
        Figures.write(Path.of(args.length > 0 ? args[0] : "docs/performance.json"), figures);
    }

    private static List<Figure> figures(Collection<RunResult> results) {
        Figures figures = new Figures("micro");
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String method = name.substring(name.lastIndexOf('.') + 1);
            String candidate =
                    OURS_FIRST.stream().filter(method::endsWith).findFirst().orElseThrow();
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
