package com.jamsocket.internal.config;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clients for which there are settings. */
public final class Configured {

    private static final Pattern OF_A_CLIENT = Pattern.compile("jamsocket\\.clients\\.(.+)\\.[^.]+");

    private Configured() {}

    /**
     * Their names, as far as they can be told: the environment does not keep them. Empty for the client without a name,
     * of which it cannot be told where there are others, for its settings are common to all.
     */
    public static Set<String> clients(Settings settings) {
        return clients(settings, Development.names());
    }

    static Set<String> clients(Settings settings, Set<String> properties) {
        Set<String> clients = new HashSet<>();
        for (String property : properties) {
            Matcher matcher = OF_A_CLIENT.matcher(property);
            if (matcher.matches()) {
                clients.add(matcher.group(1));
            }
        }
        if (clients.isEmpty() && Setting.table().stream().anyMatch(setting -> isSet(settings, setting))) {
            clients.add("");
        }
        return clients;
    }

    private static boolean isSet(Settings settings, Setting<?> setting) {
        return !setting.appliesTo(Set.of(Scope.INJECTED)) && settings.get(setting.name()) != null;
    }
}
