package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds processes by a variable of their environment, which children inherit: so also those whose parents are dead, but
 * none that has ended and is only not yet waited for. On Linux only.
 */
final class MarkedProcesses {

    /** Not of those that a backend may be given by name: each process has one of its own. */
    static final String VARIABLE = "SESSION_BACKEND_PROCESS";

    private static final byte[] ENTRY = (VARIABLE + "=").getBytes(StandardCharsets.UTF_8);
    private static final Path PROC = Path.of("/proc");

    /** Many may ask at once, as when a server ends: a look that began after they asked will do for all of them. */
    private static final Object LOOKING = new Object();

    private static final AtomicLong QUESTIONS = new AtomicLong();

    private static Map<String, List<ProcessHandle>> seen = Map.of();
    private static long answered;

    private MarkedProcesses() {}

    /** Whether there is something to be seen here. */
    static boolean areVisible() {
        return Files.isReadable(PROC.resolve("self/environ"));
    }

    /** Those with this mark. */
    static List<ProcessHandle> find(String mark) {
        return look().getOrDefault(mark, List.of());
    }

    /** Those whose mark begins so. */
    static List<ProcessHandle> findAll(String prefix) {
        return look().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static Map<String, List<ProcessHandle>> look() {
        long question = QUESTIONS.incrementAndGet();
        synchronized (LOOKING) {
            if (answered < question) {
                long asked = QUESTIONS.get();
                seen = read();
                answered = asked;
            }
            return seen;
        }
    }

    private static Map<String, List<ProcessHandle>> read() {
        Map<String, List<ProcessHandle>> found = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                // The handle first: it stands for this process alone, also when its number is given to another.
                Optional<ProcessHandle> handle =
                        ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
                String mark = handle.isPresent() ? mark(process.resolve("environ")) : null;
                if (mark != null) {
                    found.computeIfAbsent(mark, each -> new ArrayList<>()).add(handle.get());
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux.
            return found;
        }
        return found;
    }

    private static @Nullable String mark(Path environ) {
        try {
            byte[] environment = Files.readAllBytes(environ);
            int start = 0;
            while (start < environment.length) {
                int end = endOfEntry(environment, start);
                if (startsWithVariable(environment, start, end)) {
                    int value = start + ENTRY.length;
                    return new String(environment, value, end - value, StandardCharsets.UTF_8);
                }
                start = end + 1;
            }
            return null;
        } catch (IOException e) {
            // Of another user, or gone.
            return null;
        }
    }

    private static int endOfEntry(byte[] environment, int start) {
        int end = start;
        while (end < environment.length && environment[end] != 0) {
            end++;
        }
        return end;
    }

    private static boolean startsWithVariable(byte[] environment, int start, int end) {
        if (end - start < ENTRY.length) {
            return false;
        }
        for (int i = 0; i < ENTRY.length; i++) {
            if (environment[start + i] != ENTRY[i]) {
                return false;
            }
        }
        return true;
    }
}
