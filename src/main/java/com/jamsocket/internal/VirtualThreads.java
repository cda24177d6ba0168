package com.jamsocket.internal;

import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, without needing a JDK that has them (JEP 444, Java 21). */
final class VirtualThreads {

    private VirtualThreads() {}

    /** Makes virtual threads that inherit nothing; null on a JDK without. */
    static @Nullable ThreadFactory named(String prefix) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            virtual = builder.getMethod("name", String.class, long.class).invoke(virtual, prefix, 1L);
            virtual = builder.getMethod("inheritInheritableThreadLocals", boolean.class)
                    .invoke(virtual, false);
            return (ThreadFactory) builder.getMethod("factory").invoke(virtual);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger("com.jamsocket").log(Level.TRACE, "this JDK has no virtual threads");
            return null;
        }
    }
}
