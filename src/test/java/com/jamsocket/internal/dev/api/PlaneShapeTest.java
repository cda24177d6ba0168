package com.jamsocket.internal.dev.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.JamsocketProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of Plane 0.5.5, which adds the place in the text. */
class PlaneShapeTest {

    private static final String PREFIX = "Failed to deserialize the JSON body into the target type: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"auth\":null} | auth: invalid type: null, expected a map",
                "{\"auth\":[]} | auth: invalid type: sequence, expected a map",
                "{\"auth\":\"x\"} | auth: invalid type: string \"x\", expected a map",
                "{\"user\":5} | user: invalid type: integer `5`, expected a string",
                "{\"user\":true} | user: invalid type: boolean `true`, expected a string",
                "{\"key\":\"a\"} | key: invalid type: string \"a\", expected struct KeyConfig",
                "{\"key\":{}} | key: missing field `name`",
                "{\"key\":{\"name\":{}}} | key.name: invalid type: map, expected a string",
                "{\"key\":{\"name\":\"a\",\"tag\":null}} | key.tag: invalid type: null, expected a string",
                "{\"spawn_config\":5} | spawn_config: invalid type: integer `5`, expected struct SpawnConfig",
                "{\"spawn_config\":{}} | spawn_config: missing field `executable`",
                "{\"spawn_config\":{\"executable\":{},\"use_static_token\":null}}"
                        + "| spawn_config.use_static_token: invalid type: null, expected a boolean",
                "{\"spawn_config\":{\"executable\":{},\"max_idle_seconds\":1.5}}"
                        + "| spawn_config.max_idle_seconds: invalid type: floating point `1.5`, expected i32",
                "{\"spawn_config\":{\"executable\":{},\"max_idle_seconds\":99999999999}}"
                        + "| spawn_config.max_idle_seconds: invalid value: integer `99999999999`, expected i32",
                "\"x\" | invalid type: string \"x\", expected struct ConnectRequest",
                "null | invalid type: null, expected struct ConnectRequest",
            })
    void refusesInPlanesWords(String body, String words) {
        assertThatThrownBy(() ->
                        PlaneRequests.connect(body.getBytes(StandardCharsets.UTF_8), new SpawnDefaults(null, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(PREFIX + words);
    }

    @Test
    void refusesToRevokeWithoutABackend() {
        assertThatThrownBy(() -> PlaneRequests.revoke("{\"user\":\"a\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(PREFIX + "missing field `backend_id`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nope", "{", "{\"key\":"})
    void tellsWhatIsNoJsonFromJsonOfAnotherShape(String body) {
        assertThatThrownBy(() ->
                        PlaneRequests.connect(body.getBytes(StandardCharsets.UTF_8), new SpawnDefaults(null, false)))
                .isInstanceOf(JamsocketProtocolException.class);
    }
}
