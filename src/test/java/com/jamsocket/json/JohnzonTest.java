package com.jamsocket.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
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
}
