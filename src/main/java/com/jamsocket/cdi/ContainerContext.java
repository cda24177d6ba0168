package com.jamsocket.cdi;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What application code expects around it on any thread: the application's class loader and naming context, and an active
 * request context.
 */
final class ContainerContext {

    private final Instance<RequestContextController> requestContexts;
    private final ClassLoader loader;
    private final Executor naming;

    /** In the class loader and, where the container can keep it, the naming context of the application. */
    ContainerContext(
            Instance<RequestContextController> requestContexts, ClassLoader loader, @Nullable Executor naming) {
        this.requestContexts = requestContexts;
        this.loader = loader;
        this.naming = naming != null ? naming : Runnable::run;
    }

    /** The class loader of the application, on a thread of the application. */
    static ClassLoader currentLoader() {
        ClassLoader current = Thread.currentThread().getContextClassLoader();
        return current != null ? current : ContainerContext.class.getClassLoader();
    }

    /** Runs at once, with a request context: a new one if none is active on this thread. */
    void runInRequest(Runnable action) {
        run(() -> inRequest(action));
    }

    /** Runs at once, without a request context of ours. */
    void run(Runnable action) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable inLoader = () -> {
            begun.set(true);
            withLoader(() -> {
                action.run();
                return true;
            });
        };
        try {
            naming.execute(inLoader);
        } catch (RuntimeException refusal) {
            if (begun.get()) {
                throw refusal;
            }
            // The naming context of an application that is stopping is gone before its streams are.
            inLoader.run();
        }
    }

    /** Runs at once like {@link #run} and gives the result. */
    <T> T call(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run(() -> result.complete(action.get()));
        return result.join();
    }

    /** Runs at once, with the class loader alone. */
    <T> T withLoader(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void inRequest(Runnable action) {
        // A controller keeps what it activated, so each run has its own.
        try (var handle = requestContexts.getHandle()) {
            RequestContextController controller = handle.get();
            boolean activated = controller.activate();
            try {
                action.run();
            } finally {
                if (activated) {
                    controller.deactivate();
                }
            }
        }
    }
}
