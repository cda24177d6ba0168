package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds processes by a variable of their environment, which children inherit: so also those whose parents are dead. On
 * Linux only; elsewhere there are none to be found.
 */
final class MarkedProcesses {

    /** Not of those that a backend may be given by name: each process has one of its own. */
    static final String VARIABLE = "SESSION_BACKEND_PROCESS";

    private static final Path PROC = Path.of("/proc");

    private MarkedProcesses() {}

    /** Those whose mark begins so. */
    static List<ProcessHandle> find(String mark) {
        List<ProcessHandle> found = new ArrayList<>();
        byte[] entry = (VARIABLE + "=" + mark).getBytes(StandardCharsets.UTF_8);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                // The handle first: it stands for this process alone, also when its number is given to another.
                Optional<ProcessHandle> handle =
                        ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
                if (handle.isPresent() && hasEntry(process.resolve("environ"), entry)) {
                    found.add(handle.get());
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux.
            return found;
        }
        return found;
    }

    private static boolean hasEntry(Path environ, byte[] entry) {
        try {
            byte[] environment = Files.readAllBytes(environ);
            for (int start = 0; start + entry.length <= environment.length; start = nextEntry(environment, start)) {
                if (startsWith(environment, start, entry)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Of another user, or gone.
            return false;
        }
    }

    private static boolean startsWith(byte[] bytes, int start, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[start + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static int nextEntry(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end + 1;
    }
}
