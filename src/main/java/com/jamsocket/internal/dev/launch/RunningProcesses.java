package com.jamsocket.internal.dev.launch;

import com.jamsocket.internal.DaemonThreads;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes that this JVM has started and not yet seen the end of. While there are any, a hook ends them with the
 * JVM, and a file says whose they are; after the last of them nothing is left that would hold a class loader.
 */
public final class RunningProcesses {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    /** One for each process that ends just now, since some take their time. */
    private static final int MAX_THREADS = 256;

    private static final Duration UNTIL_KILLED = Duration.ofSeconds(2);
    private static final Leftovers LEFTOVERS = new Leftovers(home().resolve("processes"));
    private static final Executor WORKERS =
            DaemonThreads.named("jamsocket-dev-process").pool(MAX_THREADS, Duration.ofSeconds(1));
    private static final Set<BackendProcess> RUNNING = new HashSet<>();
    private static final String MARK = newMark();

    private static long count;
    private static int starting;
    private static @Nullable Thread hook;

    private RunningProcesses() {}

    /** Where servers of this user keep what outlives them. */
    public static Path home() {
        return Path.of(System.getProperty("java.io.tmpdir"), "jamsocket-dev-" + System.getProperty("user.name"));
    }

    private static String newMark() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Ends what JVMs that were killed have left behind. */
    public static void sweepLeftovers() {
        LEFTOVERS.sweep();
    }

    /** Where ends are waited for. */
    static Executor workers() {
        return WORKERS;
    }

    /** The mark of a process that is about to be started: this JVM may be killed at any moment from then on. */
    static synchronized String begin() {
        if (RUNNING.isEmpty() && starting == 0) {
            LEFTOVERS.remember(MARK);
            Thread ending = new Thread(RunningProcesses::endAll, "jamsocket-dev-end");
            ending.setContextClassLoader(null);
            Runtime.getRuntime().addShutdownHook(ending);
            hook = ending;
        }
        starting++;
        count++;
        return MARK + "." + count + ".";
    }

    /** It was started. */
    static synchronized void add(BackendProcess process) {
        RUNNING.add(process);
        starting--;
    }

    /** It could not be started. */
    static synchronized void giveUp() {
        starting--;
        forgetIfNone();
    }

    /** It has ended. */
    static synchronized void remove(BackendProcess process) {
        RUNNING.remove(process);
        forgetIfNone();
    }

    private static void forgetIfNone() {
        Thread ending = hook;
        if (RUNNING.isEmpty() && starting == 0 && ending != null) {
            LEFTOVERS.forget(MARK);
            hook = null;
            unhook(ending);
        }
    }

    private static void unhook(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            LOG.log(Level.TRACE, "The JVM is ending", e);
        }
    }

    private static synchronized List<BackendProcess> running() {
        return List.copyOf(RUNNING);
    }

    private static void endAll() {
        List<BackendProcess> ending = running();
        ending.forEach(BackendProcess::stop);
        long deadline = System.nanoTime() + UNTIL_KILLED.toNanos();
        for (BackendProcess process : ending) {
            process.awaitExit(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        running().forEach(BackendProcess::kill);
        for (BackendProcess process : ending) {
            process.awaitExit(UNTIL_KILLED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
