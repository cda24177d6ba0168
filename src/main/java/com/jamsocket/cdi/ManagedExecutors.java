package com.jamsocket.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import org.jspecify.annotations.Nullable;

/**
 * The container's threads and contexts, where it has some: the default resources of Jakarta Concurrency, looked up by
 * their standard names and used through the JDK's interfaces, so that the API of Jakarta Concurrency need not be there.
 *
 * @param executor threads; null for none
 * @param context runs an action at once, on the calling thread, in the context that the thread of the lookup had: its
 *     naming, class loader and caller; null for none
 */
record ManagedExecutors(@Nullable Executor executor, @Nullable Executor context) {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    /** Looks them up on the calling thread, which should be one of the application. */
    static ManagedExecutors lookUp() {
        return new ManagedExecutors(
                lookUp(() -> Jndi.lookUp("java:comp/DefaultManagedExecutorService")), lookUp(Contexts::current));
    }

    /** What the lookup finds, or null: servers without such a resource throw all kinds of exceptions. */
    static @Nullable Executor lookUp(Callable<@Nullable Object> lookup) {
        try {
            return lookup.call() instanceof Executor executor ? executor : null;
        } catch (Exception | LinkageError e) {
            LOG.log(Level.DEBUG, () -> "No managed executor: " + e);
            return null;
        }
    }

    /** Apart, because the module java.naming may be absent: only what calls this fails then. */
    private static final class Jndi {
        @SuppressWarnings("BanJNDI") // The names are the constants in this class.
        static @Nullable Object lookUp(String name) throws Exception {
            InitialContext context = new InitialContext();
            try {
                return context.lookup(name);
            } finally {
                context.close();
            }
        }
    }

    /** Apart, because the API of Jakarta Concurrency may be absent. */
    private static final class Contexts {
        static Executor current() throws Exception {
            Object service = Objects.requireNonNull(Jndi.lookUp("java:comp/DefaultContextService"));
            return ((ContextService) service).currentContextExecutor();
        }
    }
}
