package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Who listens on a port, as far as Linux tells. */
public final class PortOwner {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final String LISTENS = "0A";

    private PortOwner() {}

    /** What to add to the news that a port is taken: {@code " by process 17 (node)"}, or nothing if it is not known. */
    public static String of(int port) {
        try {
            Set<String> sockets = new HashSet<>();
            addListening(Path.of("/proc/net/tcp"), port, sockets);
            addListening(Path.of("/proc/net/tcp6"), port, sockets);
            return sockets.isEmpty() ? "" : owner(sockets);
        } catch (IOException e) {
            LOG.log(Level.TRACE, "Not Linux", e);
            return "";
        }
    }

    private static void addListening(Path table, int port, Set<String> sockets) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (String line : Files.readAllLines(table)) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENS)) {
                sockets.add("socket:[" + columns[9] + "]");
            }
        }
    }

    private static String owner(Set<String> sockets) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (has(process.resolve("fd"), sockets)) {
                    String name = Files.readString(process.resolve("comm")).strip();
                    return " by process " + process.getFileName() + " (" + name + ")";
                }
            }
        }
        return "";
    }

    private static boolean has(Path files, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
            for (Path file : open) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            LOG.log(Level.TRACE, "Of another user, or gone", e);
        }
        return false;
    }
}
