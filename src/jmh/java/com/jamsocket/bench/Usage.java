package com.jamsocket.bench;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this JVM has used so far. */
record Usage(long nanos, long cpuNanos, long allocated) {

    private static final UnixOperatingSystemMXBean SYSTEM =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Threads that have ended are not in the sum of what was allocated. */
    static Usage now() {
        long allocated = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            allocated += Math.max(bytes, 0);
        }
        return new Usage(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocated);
    }

    double secondsUntil(Usage later) {
        return (later.nanos - nanos) / 1e9;
    }

    double cpuMicrosUntil(Usage later) {
        return (later.cpuNanos - cpuNanos) / 1e3;
    }

    double kibibytesUntil(Usage later) {
        return (later.allocated - allocated) / 1024.0;
    }

    static double cpuMillis() {
        return SYSTEM.getProcessCpuTime() / 1e6;
    }

    /** The heap in bytes after a full collection; the second one clears what the first has only found. */
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Resident memory in KiB; 0 where the system does not tell. */
    static long residentKibibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    static int threads() {
        return THREADS.getThreadCount();
    }

    static long openFiles() {
        return SYSTEM.getOpenFileDescriptorCount();
    }

    static int loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    static double millisSinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
