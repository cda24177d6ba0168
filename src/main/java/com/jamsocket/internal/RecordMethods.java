package com.jamsocket.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.runtime.ObjectMethods;

/**
 * What the JDK keeps of the records of an application. {@link ObjectMethods} makes their {@code equals},
 * {@code hashCode} and {@code toString} when they are first called, by handles of its own, each of which holds on to
 * the types that it was last made to fit. So the class loader of an application that was undeployed stays until a
 * record of another one is compared, which may be never; from JDK 18 on, where these are soft references, until memory
 * is short.
 */
public final class RecordMethods {

    private static final int FIRST_WITH_SOFT_REFERENCES = 18;

    private RecordMethods() {}

    /** Has the JDK forget the last record, where it would outlive this code; to be called when all else is done. */
    public static void forgetLast() {
        if (Runtime.version().feature() < FIRST_WITH_SOFT_REFERENCES
                && RecordMethods.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            makeForText();
        }
    }

    /** As for a record with one text, which is a type of the JDK. */
    private static void makeForText() {
        MethodHandle text = MethodHandles.identity(String.class);
        try {
            for (String method : new String[] {"equals", "hashCode", "toString"}) {
                ObjectMethods.bootstrap(MethodHandles.lookup(), method, MethodHandle.class, String.class, "text", text);
            }
        } catch (Throwable e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
