package com.jamsocket.internal.dev.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a change of one's sources. */
@Timeout(60)
class SourceWatchTest {

    private final BlockingQueue<Path> told = new LinkedBlockingQueue<>();
    private Path folder;

    @BeforeEach
    void resolve(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
    }

    private SourceWatch watch(Path... paths) throws IOException {
        return SourceWatch.start(List.of(paths), told::add);
    }

    private Path write(String path) throws IOException {
        return Files.writeString(folder.resolve(path), "changed");
    }

    /** Waits until this one is told of; others may have been before it. */
    private void assertTold(Path path) throws InterruptedException {
        Path last;
        do {
            last = told.poll(20, TimeUnit.SECONDS);
        } while (last != null && !last.equals(path));
        assertThat(last).isEqualTo(path);
    }

    @Test
    void tellsOfASingleFileAndOfNoneBesideIt() throws Exception {
        Path file = write("server.js");
        try (SourceWatch watch = watch(file)) {
            assertThat(watch).isNotNull();
            write("server.js");
            write("beside.js");
            write("server.js");
            write("beside.js");
            assertTold(file);
            assertThat(told).doesNotContain(folder.resolve("beside.js"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsOfAFolderOfWhichAFileIsGivenToo(boolean fileFirst) throws Exception {
        Path file = write("server.js");
        try (SourceWatch watch = fileFirst ? watch(file, folder) : watch(folder, file)) {
            assertThat(watch).isNotNull();
            assertTold(write("beside.js"));
            assertTold(write("server.js"));
        }
    }

    @Test
    void tellsOfWhatIsInAFolderThatIsNew() throws Exception {
        try (SourceWatch watch = watch(folder)) {
            assertThat(watch).isNotNull();
            Path added = Files.createDirectory(folder.resolve("added"));
            assertTold(added);
            assertTold(write("added/server.js"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", "node_modules", "__pycache__"})
    void doesNotTellOfWhatToolsPutThere(String ignored) throws Exception {
        Files.createDirectory(folder.resolve(ignored));
        try (SourceWatch watch = watch(folder)) {
            assertThat(watch).isNotNull();
            write(ignored + "/x");
            Path code = write("server.js");
            write(ignored + "/x");
            write("out.log");
            assertTold(code);
            // That it was made and that it was filled may be told one after the other.
            assertThat(told).allMatch(code::equals);
        }
    }

    @Test
    void tellsOfAChangeWhileALogIsWrittenWithoutPause() throws Exception {
        try (SourceWatch watch = watch(folder);
                Closeable writing = keepWriting("server.log")) {
            assertThat(watch).isNotNull();
            assertThat(writing).isNotNull();
            assertTold(write("server.js"));
        }
    }

    @Test
    void tellsOfChangesThatComeWithoutPause() throws Exception {
        try (SourceWatch watch = watch(folder);
                Closeable writing = keepWriting("server.js")) {
            assertThat(watch).isNotNull();
            assertThat(writing).isNotNull();
            assertTold(folder.resolve("server.js"));
        }
    }

    /** Writes a file again and again, with less time in between than a save is given, until it is closed. */
    private Closeable keepWriting(String path) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(3);
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        var unused = writer.scheduleWithFixedDelay(
                () -> {
                    try {
                        write(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    begun.countDown();
                },
                0,
                20,
                TimeUnit.MILLISECONDS);
        begun.await();
        return () -> writer.shutdownNow();
    }

    @Test
    void refusesAPathThatIsNotThere() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> watch(folder, folder.resolve("none")).close());
    }
}
