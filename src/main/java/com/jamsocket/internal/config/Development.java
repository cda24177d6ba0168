package com.jamsocket.internal.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an application is set up for development. */
public final class Development {

    /** {@code jamsocket.dev} of the client without a name and of any other, as the environment writes it. */
    private static final Pattern DEV = Pattern.compile("JAMSOCKET(_CLIENTS_.+)?_DEV");

    private Development() {}

    /** Whether any client, whatever its name, is set to a development server. */
    public static boolean isSetUp(Settings settings) {
        return isSetUp(settings, names());
    }

    static boolean isSetUp(Settings settings, Set<String> names) {
        return names.stream().anyMatch(name -> isDev(name) && isTold(settings.get(name)));
    }

    private static boolean isDev(String name) {
        String upper = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return DEV.matcher(upper).matches();
    }

    private static boolean isTold(@Nullable String value) {
        return value != null && !value.strip().equalsIgnoreCase("false");
    }

    /** The names of all settings, ours or not, as they are written where they are set. */
    static Set<String> names() {
        Set<String> microProfile = MicroProfileSettings.names();
        if (microProfile != null) {
            return microProfile;
        }
        Set<String> names = new HashSet<>(System.getProperties().stringPropertyNames());
        names.addAll(System.getenv().keySet());
        return names;
    }
}
