package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateMappingTest {

    private static final Instant TIME = Instant.parse("2024-11-04T20:42:21.123Z");
    private static final String ISO = "\"time\":\"2024-11-04T20:42:21.123Z\"";
    private static final String EPOCH = "\"time\":1730752941123";

    private static BackendState read(String json) {
        return StateMapping.read(Json.readObject(json));
    }

    private static BackendState.Terminated ended(String reason, String kind, Boolean exitError) {
        return BackendState.Terminated.builder(TIME)
                .reasonName(reason)
                .kindName(kind)
                .exitError(exitError)
                .build();
    }

    static Stream<Arguments> received() {
        return Stream.of(
                arguments("{'status':'scheduled',EPOCH}", BackendState.scheduled(TIME)),
                arguments("{'status':'scheduled',ISO}", BackendState.scheduled(TIME)),
                arguments("{'status':'loading',EPOCH}", BackendState.loading(TIME)),
                arguments("{'status':'loading',ISO}", BackendState.loading(TIME)),
                arguments("{'status':'starting',EPOCH}", BackendState.starting(TIME)),
                arguments("{'status':'starting',ISO}", BackendState.starting(TIME)),
                arguments("{'status':'waiting',EPOCH}", BackendState.waiting(TIME)),
                arguments("{'status':'waiting',ISO}", BackendState.waiting(TIME)),
                arguments("{'status':'ready',EPOCH}", BackendState.ready(TIME)),
                arguments("{'status':'ready',ISO}", BackendState.ready(TIME)),
                arguments(
                        "{'status':'terminating','termination_reason':'swept','termination_kind':'soft',EPOCH}",
                        new BackendState.Terminating(TIME, "swept", "soft")),
                arguments(
                        "{'status':'terminating',ISO,'termination_reason':'swept'}",
                        new BackendState.Terminating(TIME, "swept", null)),
                arguments(
                        "{'status':'hard-terminating','termination_reason':'startuptimeout',"
                                + "'termination_kind':'hard',EPOCH}",
                        new BackendState.HardTerminating(TIME, "startuptimeout", "hard")),
                arguments(
                        "{'status':'hard-terminating',ISO,'termination_reason':'startuptimeout'}",
                        new BackendState.HardTerminating(TIME, "startuptimeout", null)),
                arguments(
                        "{'status':'terminated','termination_reason':'external','termination_kind':'hard',"
                                + "'exit_error':false,EPOCH}",
                        ended("external", "hard", false)),
                arguments(
                        "{'status':'terminated',ISO,'termination_kind':'hard','termination_reason':'external'}",
                        ended("external", "hard", null)),
                arguments("{'status':'terminated','exit_error':true,EPOCH}", ended(null, null, true)),
                arguments("{'status':'terminated',ISO,'exit_error':true}", ended(null, null, true)),
                arguments("{'status':'terminated','exit_error':false,EPOCH}", ended(null, null, false)),
                arguments("{'status':'terminated',ISO}", ended(null, null, null)),
                arguments(
                        "{'status':'terminated',ISO,'termination_reason':null,'termination_kind':null,"
                                + "'exit_error':null,'exit_code':null,'last_status':null}",
                        ended(null, null, null)),
                arguments(
                        "{'status':'terminated',ISO,'termination_reason':'swept','termination_kind':'soft',"
                                + "'exit_code':0,'last_status':'ready'}",
                        BackendState.Terminated.builder(TIME)
                                .reasonName("swept")
                                .kindName("soft")
                                .exitError(false)
                                .exitCode(0)
                                .lastStatusName("ready")
                                .build()),
                arguments(
                        "{'status':'terminating',ISO,'termination_reason':'key_expired'}",
                        new BackendState.Terminating(TIME, "key_expired", null)),
                arguments(
                        "{'status':'terminated',ISO,'exit_code':3221225477}",
                        BackendState.Terminated.builder(TIME)
                                .exitError(true)
                                .exitCode(-1073741819)
                                .build()),
                arguments("{'status':'ready',EPOCH,'address':{'more':[1]},'x':null}", BackendState.ready(TIME)));
    }

    @ParameterizedTest
    @MethodSource("received")
    void readsEveryFormThatServersUse(String json, BackendState expected) {
        String text = json.replace("EPOCH", EPOCH).replace("ISO", ISO).replace('\'', '"');
        assertThat(read(text)).isEqualTo(expected);
        assertThat(read(StateMapping.write(expected).toString())).isEqualTo(expected);
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        BackendState state = read("{\"status\":\"paused\",\"time\":1,\"x\":1}");
        assertThat(state)
                .isEqualTo(BackendState.unknown(
                        Instant.ofEpochMilli(1), "paused", "{\"status\":\"paused\",\"time\":1,\"x\":1}"));
        assertThat(state.status()).isEqualTo(BackendStatus.UNKNOWN);
        assertThat(StateMapping.write(state)).hasToString("{\"status\":\"paused\",\"time\":1,\"x\":1}");

        BackendState.Terminated ended =
                (BackendState.Terminated) read("{\"status\":\"terminated\",\"time\":1,\"termination_reason\":\"moved\","
                        + "\"termination_kind\":\"gentle\",\"last_status\":\"paused\"}");
        assertThat(ended.reason()).isEqualTo(TerminationReason.UNKNOWN);
        assertThat(ended.reasonName()).isEqualTo("moved");
        assertThat(ended.kind()).isEqualTo(TerminationKind.UNKNOWN);
        assertThat(ended.lastStatus()).isEqualTo(BackendStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-04T20:42:21Z, 2024-11-04T20:42:21Z",
        "2024-11-04T20:42:21.123456789Z, 2024-11-04T20:42:21.123456789Z",
        "2024-11-04T21:42:21.5+01:00, 2024-11-04T20:42:21.5Z",
        "2024-11-04T20:42:21.123, 2024-11-04T20:42:21.123Z",
        "2024-11-04T20:42Z, 2024-11-04T20:42:00Z",
    })
    void readsTimeOfAnyOffsetAndPrecision(String text, Instant expected) {
        assertThat(read("{\"status\":\"ready\",\"time\":\"" + text + "\"}").time())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, -1", "1730752941123, 1730752941123", "1730752941123.9, 1730752941123", "1e3, 1000"})
    void readsTimeInMilliseconds(String number, long millis) {
        assertThat(read("{\"status\":\"ready\",\"time\":" + number + "}").time())
                .isEqualTo(Instant.ofEpochMilli(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
    void isNotHeldUpByAbsurdNumbers(String number) {
        assertThat(read("{\"status\":\"ready\",\"time\":" + number + "}")).isInstanceOf(BackendState.Ready.class);
    }

    @Test
    void writesTimeAsJavaScriptDoes() {
        assertThat(StateMapping.write(BackendState.ready(Instant.EPOCH)))
                .hasToString("{\"status\":\"ready\",\"time\":\"1970-01-01T00:00:00.000Z\"}");
        assertThat(StateMapping.write(BackendState.ready(Instant.ofEpochSecond(0, 1))))
                .hasToString("{\"status\":\"ready\",\"time\":\"1970-01-01T00:00:00.000000001Z\"}");
    }

    @Test
    void writesNoNulls() {
        assertThat(StateMapping.write(ended(null, null, null)))
                .hasToString("{\"status\":\"terminated\",\"time\":\"2024-11-04T20:42:21.123Z\"}");
        assertThat(StateMapping.write(BackendState.Terminated.builder(TIME)
                        .reason(TerminationReason.KEY_EXPIRED)
                        .kind(TerminationKind.HARD)
                        .exitError(true)
                        .build()))
                .hasToString("{\"status\":\"terminated\",\"time\":\"2024-11-04T20:42:21.123Z\","
                        + "\"termination_reason\":\"keyexpired\",\"termination_kind\":\"hard\",\"exit_error\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":\"ready\"}",
                "{\"time\":1}",
                "{\"status\":null,\"time\":1}",
                "{\"status\":7,\"time\":1}",
                "{\"status\":\"ready\",\"time\":null}",
                "{\"status\":\"ready\",\"time\":\"\"}",
                "{\"status\":\"ready\",\"time\":\"soon\"}",
                "{\"status\":\"ready\",\"time\":\"2024-11-04\"}",
                "{\"status\":\"ready\",\"time\":true}",
                "{\"status\":\"terminating\",\"time\":1,\"termination_reason\":7}",
                "{\"status\":\"terminated\",\"time\":1,\"exit_error\":\"no\"}",
                "{\"status\":\"terminated\",\"time\":1,\"exit_code\":0.5}",
                "{\"status\":\"terminated\",\"time\":1,\"exit_code\":1e999999999}",
                "{\"status\":\"terminated\",\"time\":1,\"last_status\":[]}",
            })
    void refusesOtherShapes(String json) {
        assertThatExceptionOfType(JamsocketProtocolException.class).isThrownBy(() -> read(json));
    }
}
