package com.jamsocket.internal.config;

import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** MicroProfile Config. The only class that knows it, reached only where it is there. */
final class MicroProfileSettings implements Settings {

    private final Config config;

    private MicroProfileSettings(Config config) {
        this.config = config;
    }

    /**
     * The application's configuration; null where there is none. The API may be there without an implementation, and
     * each server says so in its own way: only a call tells.
     */
    static @Nullable Settings find() {
        try {
            return Lookup.find();
        } catch (IllegalStateException | LinkageError e) {
            return null;
        }
    }

    /** The names of all properties; null where there is no configuration. */
    static @Nullable Set<String> names() {
        if (find() instanceof MicroProfileSettings settings) {
            Set<String> names = new HashSet<>();
            settings.config.getPropertyNames().forEach(names::add);
            return names;
        }
        return null;
    }

    /** Loaded when it is called, so that a missing API is met there. */
    private static final class Lookup {

        private Lookup() {}

        static Settings find() {
            return new MicroProfileSettings(ConfigProvider.getConfig());
        }
    }

    @Override
    public @Nullable String get(String name) {
        return Settings.unlessBlank(config.getOptionalValue(name, String.class).orElse(null));
    }

    @Override
    public String places(String name) {
        return name + " (MicroProfile Config, so also as a system property or environment variable)";
    }
}
