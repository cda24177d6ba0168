package com.jamsocket.internal.config;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads settings into a builder, and collects every value that cannot be parsed or is out of range. */
public final class SettingsReader {

    private final Settings settings;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(Settings settings) {
        this.settings = settings;
    }

    /**
     * Sets what is set and applies to the server that is meant. What is missing, the builder finds when it builds.
     *
     * @param values where values go
     * @param builder is told the rest
     * @return what cannot be parsed or is out of range, a sentence each
     */
    public static List<String> read(Settings settings, SettingValues values, Jamsocket.Builder builder) {
        SettingsReader reader = new SettingsReader(settings);
        Draft draft = new Draft(builder, values);
        reader.chooseServer(draft);
        reader.applyAll(draft.servers(), (setting, text) -> setting.apply(draft, text));
        draft.finish();
        if (draft.hasHalfARegistry()) {
            reader.problems.add(settings.places(Setting.PLANE_REGISTRY_USERNAME.name()) + " and "
                    + settings.places(Setting.PLANE_REGISTRY_PASSWORD.name()) + " go together");
        }
        return List.copyOf(reader.problems);
    }

    /**
     * The value of a setting by itself, or its default.
     *
     * @throws JamsocketConfigurationException if it cannot be parsed or is out of range
     */
    public static <T> T value(Settings settings, Setting<T> setting) {
        String text = settings.get(setting.name());
        if (text == null) {
            return setting.byDefault();
        }
        try {
            T value = setting.parse(text);
            setting.validate(value);
            return value;
        } catch (RuntimeException e) {
            throw new JamsocketConfigurationException(List.of(problem(settings, setting)));
        }
    }

    /**
     * The values of what the container does with an injected client.
     *
     * @throws JamsocketConfigurationException naming every one that cannot be parsed or is out of range
     */
    public static SettingValues ofInjected(Settings settings) {
        SettingsReader reader = new SettingsReader(settings);
        SettingValues values = new SettingValues();
        reader.applyAll(EnumSet.of(Scope.INJECTED), values::parse);
        if (!reader.problems.isEmpty()) {
            throw new JamsocketConfigurationException(reader.problems);
        }
        return values;
    }

    private void applyAll(Set<Scope> scopes, BiConsumer<Setting<?>, String> effect) {
        Setting.table().stream()
                .filter(setting -> !setting.choosesServer() && setting.appliesTo(scopes))
                .forEach(setting -> apply(setting, settings, effect));
    }

    private void chooseServer(Draft draft) {
        Settings level = chooses(settings.own()) ? settings.own() : settings;
        Setting.table().stream()
                .filter(Setting::choosesServer)
                .forEach(setting -> apply(setting, level, (row, text) -> row.apply(draft, text)));
        if (draft.servers().isEmpty()) {
            // With another word for dev it cannot be told yet what is missing: a development server needs nothing.
            draft.servers().add(problems.isEmpty() ? Scope.API : Scope.DEV_SERVER);
        }
    }

    /** Whether a client chooses a server of its own, which then takes the place of the common one. */
    private static boolean chooses(Settings own) {
        return Setting.table().stream()
                .filter(Setting::choosesServer)
                .anyMatch(setting -> names(own.get(setting.name())));
    }

    private static boolean names(@Nullable String text) {
        return text != null && !text.strip().equalsIgnoreCase("false");
    }

    private void apply(Setting<?> setting, Settings level, BiConsumer<Setting<?>, String> effect) {
        String text = level.get(setting.name());
        if (text == null) {
            return;
        }
        try {
            effect.accept(setting, text);
        } catch (RuntimeException e) {
            // The text itself may be a secret, and so may the message.
            problems.add(problem(settings, setting));
        }
    }

    private static String problem(Settings settings, Setting<?> setting) {
        return settings.places(setting.name()) + " must be " + setting.format();
    }
}
