package com.example.watcher;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The class loaders that are watched, where all applications of the JVM see them. */
final class Loaders {

    private Loaders() {}

    @SuppressWarnings("unchecked")
    static List<WeakReference<ClassLoader>> all() {
        return (List<WeakReference<ClassLoader>>) System.getProperties()
                .computeIfAbsent("com.example.watcher", name -> new CopyOnWriteArrayList<WeakReference<ClassLoader>>());
    }
}
