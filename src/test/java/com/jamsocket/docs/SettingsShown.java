package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.internal.config.SettingsReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of a page, read as a client reads them. */
final class SettingsShown {

    private static final Pattern NAMED = Pattern.compile("JAMSOCKET_CLIENTS_([A-Z]+)_(.+)");

    private SettingsShown() {}

    /** What a client, or one of those with a name, finds wrong with variables of the environment. */
    static List<String> problems(Map<String, String> environment) {
        Map<String, Map<String, String>> clients = new HashMap<>();
        environment.forEach((name, value) -> {
            Matcher named = NAMED.matcher(name);
            boolean isNamed = named.matches();
            clients.computeIfAbsent(isNamed ? named.group(1) : "", client -> new HashMap<>())
                    .put(isNamed ? "JAMSOCKET_" + named.group(2) : name, value);
        });
        List<String> problems = new ArrayList<>();
        for (Map<String, String> client : clients.values()) {
            Settings settings = Settings.ofEnvironment(client);
            problems.addAll(SettingsReader.read(settings, new SettingValues(), Jamsocket.builder()));
            for (Setting<?> setting :
                    List.of(Setting.FOLLOW, Setting.EXPIRY_NOTICE, Setting.DRONE_LOST_AFTER, Setting.FAIL_FAST)) {
                try {
                    SettingsReader.value(settings, setting);
                } catch (RuntimeException e) {
                    problems.add(e.getMessage());
                }
            }
        }
        return problems;
    }
}
