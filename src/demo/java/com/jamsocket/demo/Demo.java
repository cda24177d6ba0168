package com.jamsocket.demo;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Boots a CDI container and takes the {@link Tour}. Without arguments, on a development server inside this JVM; with
 * {@code --api-url URL --account A --token T --service S} or {@code --plane-url URL --plane-image IMAGE}, on a real
 * one.
 */
public final class Demo {

    private static final Set<String> OPTIONS =
            Set.of("api-url", "account", "token", "service", "dev", "dev-port", "plane-url", "plane-image");

    private Demo() {}

    /** Takes the tour; fails if anything on it does. */
    public static void main(String... args) throws Exception {
        configure(args);
        // What the container says of its own start is not what the demo is about.
        Logger weld = Logger.getLogger("org.jboss.weld");
        weld.setLevel(Level.WARNING);
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            container.select(Tour.class).get().run();
        }
    }

    /** Each option is the setting of the same name, as it would stand in an application's configuration. */
    private static void configure(String... args) {
        if (args.length == 0) {
            System.setProperty("jamsocket.dev", "embedded");
        }
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!OPTIONS.contains(name) || i + 1 == args.length) {
                throw new IllegalArgumentException(
                        "usage: [--api-url URL --account A --token T --service S] | [--plane-url URL --plane-image I]"
                                + " | [--dev true --dev-port PORT]");
            }
            System.setProperty("jamsocket." + name, args[i + 1]);
        }
    }
}
