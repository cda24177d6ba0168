package com.jamsocket.testkit;

import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/** What is held in the heap of this JVM. */
public final class Heap {

    private Heap() {}

    /** In bytes. The least of some looks: what is allocated between a collection and a look is not held. */
    public static long used() {
        return LongStream.range(0, 5)
                .map(look -> {
                    System.gc();
                    return ManagementFactory.getMemoryMXBean()
                            .getHeapMemoryUsage()
                            .getUsed();
                })
                .min()
                .orElseThrow();
    }
}
