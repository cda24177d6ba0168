package com.jamsocket.cdi;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What application code expects around it on any thread: the application's class loader and an active request context.
 */
final class ContainerContext {

    private final Instance<RequestContextController> requestContexts;
    private final ClassLoader loader;

    ContainerContext(Instance<RequestContextController> requestContexts, ClassLoader loader) {
        this.requestContexts = requestContexts;
        this.loader = loader;
    }

    /** The class loader of the application, on a thread of the application. */
    static ClassLoader currentLoader() {
        ClassLoader current = Thread.currentThread().getContextClassLoader();
        return current != null ? current : ContainerContext.class.getClassLoader();
    }

    /** Runs in a request context, a new one if none is active on this thread, and with the class loader. */
    void run(Runnable action) {
        withLoader(() -> {
            runInRequest(action);
            return null;
        });
    }

    /** Runs with the class loader only. */
    <T extends @Nullable Object> T withLoader(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void runInRequest(Runnable action) {
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
