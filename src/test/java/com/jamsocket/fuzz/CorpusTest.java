package com.jamsocket.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each input that fuzzing began with or has found, and beginnings of it. */
class CorpusTest {

    private static final int BEGINNINGS = 200;

    @ParameterizedTest
    @MethodSource("inputs")
    void isRead(FuzzTarget target, Path input) throws IOException {
        byte[] all = Files.readAllBytes(input);
        for (int length = 0; length < all.length; length += 1 + all.length / BEGINNINGS) {
            target.read(Arrays.copyOf(all, length));
        }
        target.read(all);
    }

    @ParameterizedTest
    @EnumSource
    void thereAreInputs(FuzzTarget target) {
        assertThat(files(target)).isNotEmpty();
    }

    static Stream<Arguments> inputs() {
        return Arrays.stream(FuzzTarget.values())
                .flatMap(target -> files(target).stream().map(input -> Arguments.of(target, input)));
    }

    private static List<Path> files(FuzzTarget target) {
        try (Stream<Path> files = Files.list(target.corpus())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
