package com.jamsocket.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harnesses measure what they say, and the comparison sees what got worse. No speed is asserted. */
class HarnessTest {

    /** JMH lets one run at a time measure on a machine, unless told otherwise before it is loaded. */
    @BeforeAll
    static void letSeveralBuildsRun() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void callsHaveTheirFigures() throws Exception {
        List<Figure> figures = CallsRun.measure(1, 50, List.of(2));
        List<String> here = Arrays.stream(CallsRun.Candidate.values())
                .filter(CallsRun.Candidate::isHere)
                .map(CallsRun.Candidate::toString)
                .toList();
        assertThat(of(figures, "2 threads: calls"))
                .extracting(Figure::candidate)
                .containsExactlyElementsOf(here);
        assertThat(of(figures, "2 threads: failed calls"))
                .filteredOn(figure -> figure.candidate().contains("connect"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.median()).isZero());
        assertThat(of(figures, "2 threads: CPU a call"))
                .hasSameSizeAs(here)
                .allSatisfy(figure -> assertThat(figure.median()).isPositive());
    }

    @Test
    void asynchronousCallsHaveTheirFigures() throws Exception {
        assertThat(of(AsyncRun.measure(1, 300, 100), "100 under way: calls"))
                .hasSize(3)
                .allSatisfy(figure -> assertThat(figure.median()).isPositive());
    }

    @Test
    void streamsHaveTheirFigures() throws Exception {
        List<Figure> figures = StreamsRun.measure(1, 0, List.of(20));
        assertThat(figures).extracting(Figure::candidate).contains("java.net.http", "statusStream");
        assertThat(of(figures, "20 streams: CPU an event"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(figure -> assertThat(figure.values()).hasSize(4));
        assertThat(of(figures, "20 streams: connections left"))
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.median()).isLessThan(20));
    }

    @Test
    void aRestartHasItsFigures() throws Exception {
        List<Figure> figures = RestartRun.measure(1, 500, List.of(20));
        assertThat(figures).hasSize(7);
        assertThat(of(figures, "20 streams: time until all were back"))
                .singleElement()
                .satisfies(figure -> assertThat(figure.median()).isPositive());
    }

    @Test
    void theStartHasItsFigures() throws Exception {
        List<Figure> figures = StartRun.measure(1);
        assertThat(figures).hasSize(5 * 3).allSatisfy(figure -> assertThat(figure.median())
                .as("%s of %s", figure.measure(), figure.candidate())
                .isPositive());
    }

    @Test
    void eventsHaveTheirFigures() throws Exception {
        List<Figure> figures = CdiRun.measure(1, 20);
        assertThat(figures)
                .extracting(Figure::candidate)
                .containsExactly("listeners", "listeners", "@Observes", "@Observes");
        assertThat(of(figures, "20 backends: CPU a state"))
                .allSatisfy(figure -> assertThat(figure.values()).hasSize(4));
    }

    @Test
    void theDevelopmentServerHasItsFigures() throws Exception {
        List<Figure> figures = DevServerRun.measure(1, 80, 10, 50, 2);
        assertThat(figures).hasSize(8);
        assertThat(of(figures, "heap of the server")).hasSize(2).allSatisfy(figure -> assertThat(figure.median())
                .isPositive());
    }

    @Test
    void theBenchmarksHaveTheirFigures() throws Exception {
        assertThat(MicroBenchmarks.measure(1, 1, 1, 0))
                .extracting(Figure::candidate)
                .contains("Jamsocket", "Jackson", "Yasson", "OkhttpEventsource");
    }

    private static List<Figure> of(List<Figure> figures, String measure) {
        return figures.stream()
                .filter(figure -> figure.measure().equals(measure))
                .toList();
    }

    @Test
    void figuresComeBackFromAFileInWhichOtherRunsStay(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("figures.json");
        Figure calls = new Figure("17 calls", "CPU a call", "µs", "ours", "theirs", List.of(1.5, 2.0));
        Figure start = new Figure("17 start", "JVM to first answer", "ms", "ours", "theirs", List.of(3.0));
        Figures.write(file, List.of(calls));
        Figures.write(file, List.of(start));
        assertThat(Figures.read(file)).containsExactly(calls, start);
        assertThat(Files.readString(file)).contains("\"17 calls\": \"", "\"17 start\": \"");
    }

    @Test
    void thePageShowsTheFiguresOfTheFile() throws IOException {
        assertThat(Files.readString(Path.of("docs/performance.md")))
                .endsWith(PerformancePage.chapter(Path.of("docs/performance.json")));
    }

    @Test
    void aRatioThatGotWorseBeyondTheSpreadIsNamed() {
        assertThat(Comparison.worse(twoRuns("µs", 1.2, 1.3), twoRuns("µs", 1.5, 1.6)))
                .singleElement()
                .asString()
                .isEqualTo("17 calls, cost, ours: 1.55 of theirs, was 1.25");
        assertThat(Comparison.worse(twoRuns("1/s", 0.9, 1.0), twoRuns("1/s", 0.6, 0.7)))
                .hasSize(1);
    }

    @Test
    void whatIsBetterOrWithinTheSpreadIsNotNamed() {
        assertThat(Comparison.worse(twoRuns("µs", 1.5, 1.6), twoRuns("µs", 1.2, 1.3)))
                .isEmpty();
        assertThat(Comparison.worse(twoRuns("1/s", 0.6, 0.7), twoRuns("1/s", 0.9, 1.0)))
                .isEmpty();
        assertThat(Comparison.worse(twoRuns("µs", 1.0, 2.0), twoRuns("µs", 1.8, 2.1)))
                .isEmpty();
        assertThat(Comparison.worse(twoRuns("µs", 1.50, 1.51), twoRuns("µs", 1.55, 1.56)))
                .isEmpty();
    }

    /** Two samples of ours, where theirs are 1. */
    private static List<Figure> twoRuns(String unit, double one, double other) {
        return List.of(
                new Figure("17 calls", "cost", unit, "theirs", "theirs", List.of(1.0, 1.0)),
                new Figure("17 calls", "cost", unit, "ours", "theirs", List.of(one, other)));
    }
}
