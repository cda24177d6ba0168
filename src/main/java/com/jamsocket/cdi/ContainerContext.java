package com.jamsocket.cdi;

import com.jamsocket.internal.Once;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What application code expects around it on any thread: the application's class loader and naming context, and an
 * active request context.
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
        Once once = new Once(() -> runInLoader(action));
        try {
            naming.execute(once);
        } catch (RuntimeException | Error failure) {
            if (!once.take()) {
                throw failure;
            }
            // The naming context of an application that is stopping is gone before its streams are.
            runInLoader(action);
        }
    }

    /** Runs at once like {@link #run} and gives the result. */
    <T> T call(Supplier<T> action) {
        return result(this::run, action);
    }

    /** Runs at once, with the class loader alone. */
    void runInLoader(Runnable action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Runs at once like {@link #runInLoader} and gives the result. */
    <T> T callInLoader(Supplier<T> action) {
        return result(this::runInLoader, action);
    }

    private static <T> T result(Consumer<Runnable> way, Supplier<T> action) {
        AtomicReference<T> result = new AtomicReference<>();
        way.accept(() -> result.set(action.get()));
        return Objects.requireNonNull(result.get());
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
