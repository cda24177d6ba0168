package com.jamsocket.cdi;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;

/** The naming directory of this JVM while it is open, with what a test puts into it. */
final class Directory implements AutoCloseable {

    private static final Map<String, Object> ENTRIES = new ConcurrentHashMap<>();

    private final String before = System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Factory.class.getName());

    static Directory with(String name, Object entry) {
        Directory directory = new Directory();
        directory.put(name, entry);
        return directory;
    }

    void put(String name, Object entry) {
        ENTRIES.put(name, entry);
    }

    @Override
    public void close() {
        ENTRIES.clear();
        if (before == null) {
            System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        } else {
            System.setProperty(Context.INITIAL_CONTEXT_FACTORY, before);
        }
    }

    /** What the JVM makes when it is asked for a directory. */
    public static final class Factory implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Directory.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        Object found = ENTRIES.get((String) arguments[0]);
                        if (found == null) {
                            throw new NameNotFoundException((String) arguments[0]);
                        }
                        return found;
                    });
        }
    }
}
