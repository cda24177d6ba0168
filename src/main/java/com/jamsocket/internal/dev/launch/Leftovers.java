package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers in a file which JVM has started processes, so that another one can end them if that JVM was killed. The
 * file's name is the mark of the processes, its content says whose they are.
 */
final class Leftovers {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final String SUFFIX = ".pid";

    private final Path folder;

    /** Files below this folder. */
    Leftovers(Path folder) {
        this.folder = folder;
    }

    /** This JVM has processes of this mark. */
    void remember(String mark) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(mark + SUFFIX), owner(ProcessHandle.current()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Backends would survive this JVM if it were killed", e);
        }
    }

    /** This JVM has none any more. */
    void forget(String mark) {
        try {
            Files.deleteIfExists(folder.resolve(mark + SUFFIX));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A file was not deleted", e);
        }
    }

    /** Ends the processes of all JVMs that are dead. */
    void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                sweep(file);
            }
        } catch (IOException e) {
            LOG.log(Level.TRACE, "No JVM was killed before", e);
        }
    }

    private void sweep(Path file) throws IOException {
        String name = file.getFileName().toString();
        String mark = name.substring(0, name.length() - SUFFIX.length());
        if (!mark.matches("[0-9a-f]{16,}") || isAlive(Files.readString(file))) {
            return;
        }
        var left = MarkedProcesses.findAll(mark + ".");
        left.forEach(ProcessHandle::destroyForcibly);
        if (!left.isEmpty()) {
            LOG.log(Level.INFO, "Ended " + left.size() + " processes of a development server that was killed");
        }
        Files.deleteIfExists(file);
    }

    private static boolean isAlive(String owner) {
        try {
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(owner.split(" ", 2)[0]));
            return process.filter(ProcessHandle::isAlive)
                    .map(Leftovers::owner)
                    .filter(owner::equals)
                    .isPresent();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A process and when it began, for its number may be given to another. */
    private static String owner(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
