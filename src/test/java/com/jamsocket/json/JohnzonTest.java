package com.jamsocket.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.time.DayOfWeek;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JohnzonTest extends JsonbContract {

    @Override
    Jsonb create(JsonbConfig config) {
        return JsonbBuilder.newBuilder("org.apache.johnzon.jsonb.JohnzonProvider")
                .withConfig(config)
                .build();
    }

    /** Johnzon refuses it before it asks a deserializer, mostly with exceptions that are no JsonbException. */
    @Override
    Class<? extends RuntimeException> forOtherJson() {
        return RuntimeException.class;
    }

    @Test
    void readsSealedTypesThoughOnlyAdaptersAreRegistered() {
        assertThat(open(new JsonbConfig().withAdapters(new BackendStateAdapter()))
                        .fromJson(READY, BackendState.class))
                .isEqualTo(BackendState.ready(TIME));
    }

    /** It takes the annotation of the values for one of the whole map. If this fails, Johnzon has learned it. */
    @Test
    void doesNotReadConstantsAsValuesOfAMapInABean() {
        Jsonb configured = open(JamsocketJsonb.config());
        Constants constants = new Constants();
        constants.values = Map.of(DayOfWeek.FRIDAY, BackendStatus.HARD_TERMINATING);
        String json = configured.toJson(constants);
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> configured.fromJson(json, Constants.class))
                .withMessageContaining("values");
    }
}
