package com.jamsocket.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.PlaneOptions;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptersTest {

    private final BackendStateAdapter states = new BackendStateAdapter();

    @Test
    void adaptEachTypeToItsObject() {
        for (BackendState state : JsonbContract.states().toList()) {
            assertThat(states.adaptFromJson(states.adaptToJson(state))).isEqualTo(state);
        }
        ConnectResponseAdapter responses = new ConnectResponseAdapter();
        assertThat(responses.adaptFromJson(responses.adaptToJson(JsonbContract.RESPONSE)))
                .isEqualTo(JsonbContract.RESPONSE);
        ConnectRequestAdapter requests = new ConnectRequestAdapter();
        ConnectRequest request = ConnectRequest.builder().key("k").build();
        assertThat(requests.adaptFromJson(requests.adaptToJson(request))).isEqualTo(request);
    }

    @Test
    void writeOnlyWhatTheJavaScriptTypesHave() {
        ConnectRequest request = ConnectRequest.builder()
                .key("k")
                .waitForEnding(Duration.ofSeconds(1))
                .plane(PlaneOptions.builder().pool("p").build())
                .build();
        assertThat(new ConnectRequestAdapter().adaptToJson(request)).hasToString("{\"key\":\"k\"}");
    }

    @Test
    void adaptEachConstantToItsWordAndAnUnknownWordToTheUnknown() {
        BackendStatusAdapter statuses = new BackendStatusAdapter();
        assertThat(statuses.adaptToJson(BackendStatus.HARD_TERMINATING)).isEqualTo("hard-terminating");
        assertThat(statuses.adaptFromJson("hard-terminating")).isEqualTo(BackendStatus.HARD_TERMINATING);
        assertThat(statuses.adaptFromJson("dreaming")).isEqualTo(BackendStatus.UNKNOWN);
        TerminationReasonAdapter reasons = new TerminationReasonAdapter();
        for (TerminationReason reason : TerminationReason.values()) {
            assertThat(reasons.adaptFromJson(reasons.adaptToJson(reason))).isEqualTo(reason);
        }
        TerminationKindAdapter kinds = new TerminationKindAdapter();
        for (TerminationKind kind : TerminationKind.values()) {
            assertThat(kinds.adaptFromJson(kinds.adaptToJson(kind))).isEqualTo(kind);
        }
    }

    @Test
    void tellWhatIsWrong() {
        List<Runnable> readings = List.of(
                () -> states.adaptFromJson(JsonValue.EMPTY_JSON_OBJECT),
                () -> new ConnectResponseAdapter().adaptFromJson(JsonValue.EMPTY_JSON_OBJECT),
                () -> new ConnectRequestAdapter().adaptFromJson(object("key", "")));
        for (Runnable reading : readings) {
            assertThatExceptionOfType(JsonbException.class)
                    .isThrownBy(reading::run)
                    .withMessageStartingWith("This JSON is no ");
        }
    }

    @Test
    void refuseAnUnknownStateThatIsNoJson() {
        BackendState state = BackendState.unknown(JsonbContract.TIME, "paused", "paused");
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> states.adaptToJson(state))
                .withMessageContaining("unknown state");
    }

    private static JsonObject object(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }
}
