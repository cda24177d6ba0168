package com.jamsocket.internal.dev.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of Plane 0.5.5, which adds the place in the text. */
class PlaneShapeTest {

    private static final Drones DRONES = new Drones(Set.of(), Set.of(""));
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
                "{\"spawn_config\":{\"executable\":{},\"lifetime_limit_seconds\":1e2}}"
                        + "| spawn_config.lifetime_limit_seconds: invalid type: floating point `100.0`, expected i32",
                "{\"user\":\"a\",\"user\":\"b\"} | duplicate field `user`",
                "{\"key\":{\"name\":\"a\",\"name\":\"a\"}} | key: duplicate field `name`",
                "[] | invalid length 1, expected struct ConnectRequest with 4 elements",
                "[null,[\"mine\",null],null] | [1]: invalid length 3, expected struct SpawnConfig with 8 elements",
                "[[5],null,null] | [0][0]: invalid type: integer `5`, expected a string",
                "[[\"a\",5],null,null] | [0][1]: invalid type: integer `5`, expected a string",
                "[{\"name\":5},null,null] | [0].name: invalid type: integer `5`, expected a string",
                "[{},null,null] | [0]: missing field `name`",
                "[5,null,null] | [0]: invalid type: integer `5`, expected struct KeyConfig",
                "[null,null,5] | [2]: invalid type: integer `5`, expected a string",
                "[null,null,null,5] | [3]: invalid type: integer `5`, expected a map",
                "{\"key\":[\"a\",\"b\",5]} | key[2]: invalid type: integer `5`, expected a string",
                "{\"spawn_config\":[null,null,\"\",{},null,1.5,false,null]}"
                        + "| spawn_config[5]: invalid type: floating point `1.5`, expected i32",
                "{\"spawn_config\":[null,null,\"\",{},null,null,5,null]}"
                        + "| spawn_config[6]: invalid type: integer `5`, expected a boolean",
                "\"x\" | invalid type: string \"x\", expected struct ConnectRequest",
                "null | invalid type: null, expected struct ConnectRequest",
            })
    void refusesInPlanesWords(String body, String words) {
        assertThatThrownBy(() -> connect(body.getBytes(StandardCharsets.UTF_8)))
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
    @ValueSource(
            strings = {
                "",
                "nope",
                "{",
                "{\"key\":",
                "{\"user\":\"\\ud800\"}",
                "{\"auth\":{\"a\":1e400}}",
                "{\"auth\":{\"\\udc00\":1}}"
            })
    void tellsWhatIsNoJsonFromJsonOfAnotherShape(String body) {
        assertThatThrownBy(() -> connect(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JamsocketProtocolException.class);
    }

    @Test
    void takesNoJsonThatIsNoUtf8OrTooDeep() {
        byte[] latin = "{\"user\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] deep = ("{\"auth\":{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}}").getBytes(StandardCharsets.UTF_8);
        for (byte[] body : List.of(latin, deep)) {
            assertThatThrownBy(() -> connect(body)).isInstanceOf(JamsocketProtocolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"ann\"} x",
                "[null,null,\"ann\",{}]",
                "[null,null,\"ann\"]",
                "{\"x\":1,\"x\":2,\"user\":\"ann\"}"
            })
    void readsAsPlaneReads(String body) {
        ConnectSpec spec = connect(body.getBytes(StandardCharsets.UTF_8));
        assertThat(spec.user()).isEqualTo("ann");
        assertThat(spec.auth()).isEqualTo("{}");
        assertThat(spec.spawn()).isFalse();
    }

    @Test
    void readsStructsByPosition() {
        ConnectSpec spec = connect("[[\"k\",\"n\"],[\"mine\",null,\"\",{\"image\":\"x\"},null,7,false,null],null]"
                .getBytes(StandardCharsets.UTF_8));
        assertThat(spec.key()).isEqualTo("k");
        assertThat(spec.backendId()).isEqualTo("mine");
        assertThat(spec.service()).isEqualTo("x");
        assertThat(spec.maxIdle()).isEqualTo(Duration.ofSeconds(7));
    }

    private static ConnectSpec connect(byte[] body) {
        return PlaneRequests.connect(body, new SpawnDefaults(null, false), DRONES);
    }
}
