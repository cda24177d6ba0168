package com.jamsocket.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.Jamsocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Any texts are taken as settings, or refused by a sentence each. A line is a setting: the first character says which,
 * by its place in the table from a space on, the rest is its value.
 */
public final class SettingsFuzz {

    private SettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Setting<?>> table = List.copyOf(Setting.table());
        Map<String, String> values = new HashMap<>();
        new String(input, UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> values.put(
                        table.get(Math.abs(line.charAt(0) - ' ') % table.size()).name(), line.substring(1)));
        List<String> problems =
                SettingsReader.read(Settings.ofJvm(values::get, Map.of()), new SettingValues(), Jamsocket.builder());
        if (problems.stream().anyMatch(String::isBlank)) {
            throw new AssertionError("a problem without a word: " + problems);
        }
    }
}
