package com.jamsocket.internal.dev.launch;

import com.jamsocket.internal.DaemonThreads;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells when files change below some folders, but for hidden ones, logs and what tools put there. */
public final class SourceWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    /** Whoever saves often writes several files. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    /** Changes that never pause are told nevertheless. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Set<String> IGNORED = Set.of("node_modules", "__pycache__");

    /** Of programs that run: whoever has this one's output in a watched folder would start anew without end. */
    private static final String LOG_FILE = ".log";

    private final WatchService service;
    private final Consumer<Path> changed;
    private final Set<Path> folders = new HashSet<>();
    private final Set<Path> files = new HashSet<>();

    private SourceWatch(WatchService service, Consumer<Path> changed) {
        this.service = service;
        this.changed = changed;
    }

    /**
     * Watches folders with all that is below them, or single files.
     *
     * @param changed told one of the paths on a thread of its own, once for changes that come together
     * @throws IOException if one is not there
     */
    public static SourceWatch start(List<Path> paths, Consumer<Path> changed) throws IOException {
        WatchService service = paths.get(0).toAbsolutePath().getFileSystem().newWatchService();
        SourceWatch watch = new SourceWatch(service, changed);
        try {
            for (Path path : paths) {
                watch.add(path.toRealPath());
            }
        } catch (IOException e) {
            service.close();
            throw e;
        }
        DaemonThreads.thread("jamsocket-dev-watch", watch::run).start();
        return watch;
    }

    private void add(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            addTree(path);
        } else {
            files.add(path);
            register(Objects.requireNonNull(path.getParent(), "a file is in a folder"));
        }
    }

    private void addTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(root) && isIgnored(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                register(folder);
                folders.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void register(Path folder) throws IOException {
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private static boolean isIgnored(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.endsWith(LOG_FILE) || IGNORED.contains(name);
    }

    private void run() {
        try {
            while (true) {
                Path first = relevant(service.take());
                if (first != null) {
                    changed.accept(last(first));
                }
            }
        } catch (ClosedWatchServiceException e) {
            LOG.log(Level.TRACE, "Nothing is watched any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for those that come together with a change. What is not relevant does not prolong that. */
    private Path last(Path first) throws InterruptedException {
        Path last = first;
        long start = System.nanoTime();
        long end = QUIET_NANOS;
        for (long passed = 0; passed < end; passed = System.nanoTime() - start) {
            WatchKey key = service.poll(end - passed, TimeUnit.NANOSECONDS);
            Path relevant = key == null ? null : relevant(key);
            if (relevant != null) {
                last = relevant;
                end = Math.min(System.nanoTime() - start + QUIET_NANOS, MAX_NANOS);
            }
        }
        return last;
    }

    private @Nullable Path relevant(WatchKey key) {
        Path relevant = null;
        Path folder = (Path) key.watchable();
        for (WatchEvent<?> event : key.pollEvents()) {
            // There is no name when more has changed than the system could tell.
            Path path = event.context() == null ? folder : folder.resolve((Path) event.context());
            if (event.context() == null || isRelevant(folder, path)) {
                relevant = path;
            }
        }
        key.reset();
        return relevant;
    }

    private boolean isRelevant(Path folder, Path path) {
        if (files.contains(path)) {
            return true;
        }
        // A folder may be watched for single files only.
        if (!folders.contains(folder) || isIgnored(path)) {
            return false;
        }
        if (Files.isDirectory(path)) {
            try {
                addTree(path);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "A folder is gone already", e);
            }
        }
        return true;
    }

    /** Watches nothing any more. */
    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The watch was not closed", e);
        }
    }
}
