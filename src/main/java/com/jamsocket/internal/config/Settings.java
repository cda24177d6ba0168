package com.jamsocket.internal.config;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Text settings by name, such as {@code jamsocket.api-url}. One that is set to nothing but blanks is not set; as in
 * MicroProfile Config, it hides what stands in a place that is looked at later.
 */
public interface Settings {

    /** The value; null if it is not set. */
    @Nullable
    String get(String name);

    /** Where a setting is looked for, for an error message: "jamsocket.token (system property) or JAMSOCKET_TOKEN". */
    String places(String name);

    /** Those which are set for one client by its name; all of them for the client without a name. */
    default Settings own() {
        return this;
    }

    /** The environment alone, under the names which MicroProfile Config derives for it. */
    static Settings ofEnvironment(Map<String, String> env) {
        return new Settings() {
            @Override
            public @Nullable String get(String name) {
                return unlessBlank(env.get(environmentName(name)));
            }

            @Override
            public String places(String name) {
                return environmentName(name);
            }
        };
    }

    /** MicroProfile Config where the application has it, else system properties before the environment. */
    static Settings ofPlatform() {
        Settings microProfile = MicroProfileSettings.find();
        return microProfile != null ? microProfile : ofJvm(System::getProperty, System.getenv());
    }

    /** System properties before the environment. */
    static Settings ofJvm(UnaryOperator<@Nullable String> properties, Map<String, String> env) {
        Settings environment = ofEnvironment(env);
        return new Settings() {
            @Override
            public @Nullable String get(String name) {
                String property = properties.apply(name);
                return property != null ? unlessBlank(property) : environment.get(name);
            }

            @Override
            public String places(String name) {
                return name + " (system property) or " + environment.places(name);
            }
        };
    }

    /** The settings of a named client, {@code jamsocket.clients.<name>.…}; what it does not have is common to all. */
    default Settings forClient(String clientName) {
        Objects.requireNonNull(clientName, "clientName");
        Settings common = this;
        UnaryOperator<String> own = name -> "jamsocket.clients." + clientName + name.substring("jamsocket".length());
        Settings ofClient = new Settings() {
            @Override
            public @Nullable String get(String name) {
                return common.get(own.apply(name));
            }

            @Override
            public String places(String name) {
                return common.places(own.apply(name));
            }
        };
        return new Settings() {
            @Override
            public @Nullable String get(String name) {
                String value = ofClient.get(name);
                return value != null ? value : common.get(name);
            }

            @Override
            public String places(String name) {
                return ofClient.places(name) + ", or " + common.places(name);
            }

            @Override
            public Settings own() {
                return ofClient;
            }
        };
    }

    /** The text, unless there is nothing to be seen in it. */
    static @Nullable String unlessBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** {@code jamsocket.api-url} is {@code JAMSOCKET_API_URL}, by the rule of MicroProfile Config. */
    private static String environmentName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
