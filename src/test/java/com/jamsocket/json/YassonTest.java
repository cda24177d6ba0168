package com.jamsocket.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.time.DayOfWeek;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YassonTest extends JsonbContract {

    @Override
    Jsonb create(JsonbConfig config) {
        return JsonbBuilder.newBuilder("org.eclipse.yasson.JsonBindingProvider")
                .withConfig(config)
                .build();
    }

    @Test
    void takesItsBindingsFromAdaptersAlone() {
        Jsonb adapted = open(new JsonbConfig()
                .withAdapters(new BackendStateAdapter(), new ConnectRequestAdapter(), new ConnectResponseAdapter()));
        for (BackendState state : states().toList()) {
            assertThat(adapted.fromJson(adapted.toJson(state, BackendState.class), BackendState.class))
                    .isEqualTo(state);
        }
        assertThat(adapted.fromJson(adapted.toJson(RESPONSE), ConnectResponse.class))
                .isEqualTo(RESPONSE);
        ConnectRequest request = ConnectRequest.builder().key("k").spawn(false).build();
        assertThat(adapted.toJson(request)).isEqualTo("{\"key\":\"k\",\"spawn\":false}");
        assertThat(adapted.fromJson("{\"key\":\"k\",\"spawn\":false}", ConnectRequest.class))
                .isEqualTo(request);
    }

    /** If this fails, Yasson has learned it, and the javadoc of {@link JamsocketJsonb} can lose a sentence. */
    @Test
    void passesOverAnnotationsInMaps() {
        Jsonb plain = open(new JsonbConfig());
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> plain.fromJson("{\"map\":{\"a\":" + READY + "}}", Containers.class));
    }

    @Test
    void bringsBackConstantsAsValuesOfAMapInABean() {
        Jsonb configured = open(JamsocketJsonb.config());
        Constants constants = new Constants();
        constants.values = Map.of(DayOfWeek.FRIDAY, BackendStatus.HARD_TERMINATING);
        assertThat(configured.fromJson(configured.toJson(constants), Constants.class).values)
                .isEqualTo(constants.values);
    }
}
