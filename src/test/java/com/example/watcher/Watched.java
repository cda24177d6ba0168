package com.example.watcher;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.ref.WeakReference;

/** Has the class loader of its application watched. */
@ApplicationScoped
public class Watched {

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Loaders.all().add(new WeakReference<>(Watched.class.getClassLoader()));
    }
}
