package com.jamsocket.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import org.jspecify.annotations.Nullable;

/**
 * The container's threads, where it has some: the default resources of Jakarta Concurrency, looked up by their standard
 * names and used through the JDK's interfaces, so that the API of Jakarta Concurrency need not be there.
 *
 * @param executor null for none
 * @param scheduler null for none
 */
record ManagedExecutors(@Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    /** Looks them up on the calling thread, which should be one of the application. */
    static ManagedExecutors lookUp() {
        return new ManagedExecutors(
                lookUp(Executor.class, () -> Jndi.lookUp("java:comp/DefaultManagedExecutorService")),
                lookUp(
                        ScheduledExecutorService.class,
                        () -> Jndi.lookUp("java:comp/DefaultManagedScheduledExecutorService")));
    }

    /** What the lookup finds, or null: servers without such a resource throw all kinds of exceptions. */
    static <T> @Nullable T lookUp(Class<T> type, Callable<@Nullable Object> lookup) {
        try {
            Object found = lookup.call();
            return type.isInstance(found) ? type.cast(found) : null;
        } catch (Exception | LinkageError e) {
            LOG.log(Level.DEBUG, () -> "No managed " + type.getSimpleName() + ": " + e);
            return null;
        }
    }

    /** Apart, because the module java.naming may be absent: only what calls this fails then. */
    private static final class Jndi {
        @SuppressWarnings("BanJNDI") // The names are the two constants above.
        static @Nullable Object lookUp(String name) throws Exception {
            InitialContext context = new InitialContext();
            try {
                return context.lookup(name);
            } finally {
                context.close();
            }
        }
    }
}
