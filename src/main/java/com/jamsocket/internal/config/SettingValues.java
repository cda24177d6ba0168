package com.jamsocket.internal.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of settings that were given, by their text or in code, and the defaults of the others. */
public final class SettingValues {

    private final Map<Setting<?>, Object> given;

    /** All defaults. */
    public SettingValues() {
        this(Map.of());
    }

    private SettingValues(Map<Setting<?>, Object> given) {
        this.given = new HashMap<>(given);
    }

    /** The same values, which go their own way from here. */
    public SettingValues copy() {
        return new SettingValues(given);
    }

    /**
     * Gives a value.
     *
     * @throws RuntimeException if it is out of range
     */
    public <T> void set(Setting<T> setting, T value) {
        setting.validate(value);
        given.put(setting, value);
    }

    /**
     * Gives a value by its text.
     *
     * @throws RuntimeException if it cannot be parsed, or is out of range
     */
    <T> void parse(Setting<T> setting, String text) {
        set(setting, setting.parse(text));
    }

    /** The value of a setting that has a default. */
    public <T> T get(Setting<T> setting) {
        T value = find(setting);
        return value == null ? setting.byDefault() : value;
    }

    /** The value that was given; null if there is none. */
    @SuppressWarnings("unchecked") // It was put there by set(…).
    public <T> @Nullable T find(Setting<T> setting) {
        return (T) given.get(Objects.requireNonNull(setting));
    }
}
