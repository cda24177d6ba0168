package com.jamsocket.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/settings.md is the table of settings, row by row. */
class SettingsPageTest {

    private record Row(String name, String format, String byDefault, String where) {

        static Row of(Setting<?> setting) {
            return new Row(setting.name(), setting.format(), setting.defaultText(), setting.where());
        }

        /** Setting, meaning, format, default, where it applies. */
        static Row of(String line) {
            List<String> cells = Arrays.stream(line.replace("`", "").split("\\|", -1))
                    .map(String::strip)
                    .toList();
            return new Row(cells.get(1), cells.get(3), cells.get(4), cells.get(5));
        }
    }

    @Test
    void thePageHasTheSettingsThatThereAre() throws IOException {
        List<Row> page = Files.readAllLines(Path.of("docs/settings.md")).stream()
                .filter(line -> line.startsWith("| `jamsocket."))
                .map(Row::of)
                .toList();

        assertThat(page).isEqualTo(Setting.table().stream().map(Row::of).toList());
    }
}
