package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.ConnectRequest;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.SpawnOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectRequestMappingTest {

    private static ConnectRequest read(String json) {
        return ConnectRequestMapping.read(Json.readObject(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'key':null,'spawn':null,'user':null,'auth':null,'x':1}",
                "{'spawn':true}",
            })
    void takesAbsentAndNullForTheDefaults(String json) {
        assertThat(read(json)).isEqualTo(ConnectRequest.builder().build());
    }

    @Test
    void readsAnObjectWithNullsAsNothingSet() {
        SpawnOptions nothing = SpawnOptions.builder().build();
        ConnectRequest expected = ConnectRequest.builder().spawn(nothing).build();
        assertThat(read("{'spawn':{}}")).isEqualTo(expected);
        assertThat(read("{'spawn':{'tag':null,'cluster':null,'lifetime_limit_seconds':null,'max_idle_seconds':null,"
                        + "'executable':{'mount':false,'env':null,'resource_limits':null}}}"))
                .isEqualTo(expected);
        assertThat(ConnectRequestMapping.write(expected)).hasToString("{\"spawn\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key':7}",
                "{'spawn':'yes'}",
                "{'spawn':[]}",
                "{'auth':[]}",
                "{'spawn':{'max_idle_seconds':1.5}}",
                "{'spawn':{'max_idle_seconds':'1'}}",
                "{'spawn':{'max_idle_seconds':1e999999999}}",
                "{'spawn':{'executable':true}}",
                "{'spawn':{'executable':{'mount':7}}}",
                "{'spawn':{'executable':{'env':{'A':null}}}}",
                "{'spawn':{'executable':{'resource_limits':{'cpu_period_percent':4294967346}}}}",
            })
    void refusesOtherShapes(String json) {
        assertThatExceptionOfType(JamsocketProtocolException.class).isThrownBy(() -> read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key':''}",
                "{'spawn':{'max_idle_seconds':0}}",
                "{'spawn':{'max_idle_seconds':9223372036854775807}}",
                "{'spawn':{'executable':{'env':{'PORT':'1'}}}}",
                "{'spawn':{'executable':{'resource_limits':{'cpu_period_percent':256}}}}",
                "{'spawn':{'executable':{'resource_limits':{'memory_limit_bytes':-1}}}}",
            })
    void refusesWhatABuilderRefuses(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json));
    }
}
