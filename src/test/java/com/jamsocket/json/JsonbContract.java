package com.jamsocket.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.ResourceLimits;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every JSON-B implementation, with nothing registered. */
abstract class JsonbContract {

    static final Instant TIME = Instant.parse("2024-11-04T20:42:21.123Z");
    static final String READY = "{\"status\":\"ready\",\"time\":\"2024-11-04T20:42:21.123Z\"}";

    /** The implementation's own Jsonb. */
    abstract Jsonb create(JsonbConfig config);

    /** What the implementation itself throws for JSON that is no object, or no JSON. */
    Class<? extends RuntimeException> forOtherJson() {
        return JsonbException.class;
    }

    private final List<Jsonb> opened = new ArrayList<>();
    private final Jsonb jsonb = open(new JsonbConfig());

    Jsonb open(JsonbConfig config) {
        Jsonb created = create(config);
        opened.add(created);
        return created;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (Jsonb created : opened) {
            created.close();
        }
    }

    static Stream<BackendState> states() {
        return Stream.of(
                BackendState.scheduled(TIME),
                BackendState.loading(TIME),
                BackendState.starting(TIME),
                BackendState.waiting(TIME),
                BackendState.ready(TIME),
                BackendState.terminating(TIME, TerminationReason.KEY_EXPIRED),
                new BackendState.HardTerminating(TIME, "key_expired", "hard"),
                BackendState.Terminated.builder(TIME)
                        .reason(TerminationReason.LOST)
                        .kind(TerminationKind.SOFT)
                        .exitError(false)
                        .build(),
                BackendState.Terminated.builder(TIME)
                        .exitCode(137)
                        .lastStatus(BackendStatus.READY)
                        .build(),
                BackendState.unknown(TIME, "paused", "{\"status\":\"paused\",\"time\":1730752941123,\"x\":[1]}"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void bringsBackAStateAsItsInterface(BackendState state) {
        assertThat(jsonb.fromJson(jsonb.toJson(state, BackendState.class), BackendState.class))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("states")
    void bringsBackAStateAsItsOwnType(BackendState state) {
        assertThat((BackendState) jsonb.fromJson(jsonb.toJson(state), state.getClass()))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("states")
    void bringsBackAStateInTheFieldsOfARecordAndABean(BackendState state) {
        assertThat(jsonb.fromJson(jsonb.toJson(new Row("b", state)), Row.class)).isEqualTo(new Row("b", state));
        Bean bean = new Bean();
        bean.state = state;
        assertThat(jsonb.fromJson(jsonb.toJson(bean), Bean.class).state).isEqualTo(state);
    }

    @Test
    void bringsBackListsOfStates() {
        List<BackendState> list = states().toList();
        Type listType = parameterized(List.class, BackendState.class);
        assertThatObject(jsonb.fromJson(jsonb.toJson(list, listType), listType)).isEqualTo(list);

        Bean bean = new Bean();
        bean.history = list;
        assertThat(jsonb.fromJson(jsonb.toJson(bean), Bean.class).history).isEqualTo(list);
    }

    @Test
    void bringsBackAFieldOfAVariant() {
        Bean bean = new Bean();
        bean.ready = BackendState.ready(TIME);
        assertThat(jsonb.toJson(bean)).isEqualTo("{\"ready\":" + READY + "}");
        assertThat(jsonb.fromJson("{\"ready\":" + READY + "}", Bean.class).ready)
                .isEqualTo(bean.ready);
    }

    @Test
    void leavesAbsentMembersAlone() {
        Bean read = jsonb.fromJson("{\"state\":null,\"history\":[null]}", Bean.class);
        assertThat(read.state).isNull();
        assertThat(read.history).containsExactly((BackendState) null);
    }

    @Test
    void writesTheShapeOfTheJavaScriptTypes() {
        assertThat(jsonb.toJson(BackendState.ready(TIME))).isEqualTo(READY);
        assertThat(jsonb.toJson(BackendState.terminating(TIME, TerminationReason.KEY_EXPIRED)))
                .isEqualTo("{\"status\":\"terminating\",\"time\":\"2024-11-04T20:42:21.123Z\","
                        + "\"termination_reason\":\"keyexpired\"}");
        assertThat(jsonb.toJson(new BackendState.Terminating(TIME, "key_expired", null)))
                .contains("\"termination_reason\":\"key_expired\"");
        assertThat(jsonb.toJson(RESPONSE))
                .isEqualTo("{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"scheduled\",\"token\":\"t\","
                        + "\"url\":\"http://localhost:9090/t/\","
                        + "\"status_url\":\"http://localhost/v2/backend/b1/status\","
                        + "\"ready_url\":\"\"}");
    }

    @Test
    void readsNullsAndWritesNone() {
        String json = "{\"status\":\"terminated\",\"time\":\"2024-11-04T20:42:21.123Z\","
                + "\"termination_reason\":null,\"termination_kind\":null,\"exit_error\":null}";
        assertThat(jsonb.toJson(jsonb.fromJson(json, BackendState.class), BackendState.class))
                .isEqualTo("{\"status\":\"terminated\",\"time\":\"2024-11-04T20:42:21.123Z\"}");
    }

    static final ConnectResponse RESPONSE = ConnectResponse.builder()
            .backendId("b1")
            .token("t")
            .url(URI.create("http://localhost:9090/t/"))
            .statusUrl(URI.create("http://localhost/v2/backend/b1/status"))
            .build();

    @Test
    void bringsBackAConnectResponse() {
        assertThat(jsonb.fromJson(jsonb.toJson(RESPONSE), ConnectResponse.class))
                .isEqualTo(RESPONSE);
        Bean bean = new Bean();
        bean.response = RESPONSE;
        assertThat(jsonb.fromJson(jsonb.toJson(bean), Bean.class).response).isEqualTo(RESPONSE);
    }

    @Test
    void bringsBackAConnectRequest() {
        ConnectRequest request = ConnectRequest.builder()
                .key("doc/42")
                .spawn(SpawnOptions.builder()
                        .tag("v1")
                        .maxIdle(Duration.ofMinutes(1))
                        .mount("data")
                        .env("DOC", "42")
                        .resourceLimits(
                                ResourceLimits.builder().cpuPeriodPercent(50).build())
                        .build())
                .user("ann")
                .auth(Map.of("role", "editor", "levels", List.of(1, 2.5, true)))
                .build();
        assertThat(jsonb.fromJson(jsonb.toJson(request), ConnectRequest.class)).isEqualTo(request);
        Bean bean = new Bean();
        bean.request = request;
        assertThat(jsonb.fromJson(jsonb.toJson(bean), Bean.class).request).isEqualTo(request);
    }

    @Test
    void writesConstantsAsTheWordsOfTheWire() {
        Bean bean = new Bean();
        bean.status = BackendStatus.HARD_TERMINATING;
        bean.reason = TerminationReason.STARTUP_TIMEOUT;
        bean.kind = TerminationKind.SOFT;
        String json = jsonb.toJson(bean);
        assertThat(json)
                .contains("\"status\":\"hard-terminating\"")
                .contains("\"reason\":\"startuptimeout\"")
                .contains("\"kind\":\"soft\"");
        Bean read = jsonb.fromJson(json, Bean.class);
        assertThat(read.status).isEqualTo(bean.status);
        assertThat(read.reason).isEqualTo(bean.reason);
        assertThat(read.kind).isEqualTo(bean.kind);
        assertThat(jsonb.fromJson("{\"status\":\"paused\"}", Bean.class).status).isEqualTo(BackendStatus.UNKNOWN);
    }

    @Test
    void tellsWhatIsWrongWithAState() {
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> jsonb.fromJson("{\"status\":\"ready\"}", BackendState.class))
                .withMessageContaining("no BackendState")
                .withMessageContaining("no \"time\"");
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> jsonb.fromJson(READY, BackendState.Terminated.class))
                .withMessageContaining("no Terminated but a Ready");
    }

    @Test
    void tellsWhatIsWrongWithARequestOrAResponse() {
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> jsonb.fromJson("{\"key\":\" \"}", ConnectRequest.class))
                .withMessageContaining("no ConnectRequest")
                .withMessageContaining("key must not be blank");
        assertThatExceptionOfType(JsonbException.class)
                .isThrownBy(() -> jsonb.fromJson("{\"backend_id\":\"b\",\"token\":\"SECRET\"}", ConnectResponse.class))
                .withMessageContaining("no ConnectResponse")
                .withMessageContaining("no \"spawned\"")
                .withMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"ready\"", "7", "true", "{\"status\":", "{\"status\":7}", ""})
    void refusesOtherJson(String json) {
        assertThatExceptionOfType(forOtherJson()).isThrownBy(() -> jsonb.fromJson(json, BackendState.class));
        assertThatExceptionOfType(forOtherJson())
                .isThrownBy(() -> jsonb.fromJson("{\"state\":" + json + "}", Bean.class));
    }

    @Test
    void bringsBackMapsArraysAndOptionalsOfStatesWithTheReadyConfiguration() {
        Jsonb configured = open(JamsocketJsonb.config());
        Containers containers = new Containers();
        containers.map = Map.of("a", BackendState.ready(TIME));
        containers.array = states().toArray(BackendState[]::new);
        containers.optional = Optional.of(BackendState.loading(TIME));
        Containers read = configured.fromJson(configured.toJson(containers), Containers.class);
        assertThat(read.map).isEqualTo(containers.map);
        assertThat(read.array).isEqualTo(containers.array);
        assertThat(read.optional).isEqualTo(containers.optional);
    }

    @Test
    void writesWhatHasNoDeclaredTypeWithTheReadyConfiguration() {
        Jsonb configured = open(JamsocketJsonb.config());
        List<BackendState> list = states().toList();
        Type listType = parameterized(List.class, BackendState.class);
        assertThatObject(configured.fromJson(configured.toJson(list), listType)).isEqualTo(list);
        assertThat(configured.toJson(list.toArray())).isEqualTo(configured.toJson(list));
        assertThat(configured.toJson(Map.of("a", list.get(4)))).isEqualTo("{\"a\":" + READY + "}");
        assertThat(configured.fromJson(configured.toJson(RESPONSE), ConnectResponse.class))
                .isEqualTo(RESPONSE);
        assertThat(configured.toJson(new Row("b", list.get(4)))).contains("\"state\":" + READY);
    }

    /** Members of {@link Constants} and their values. */
    static Stream<Arguments> constants() {
        BackendStatus hard = BackendStatus.HARD_TERMINATING;
        return Stream.of(
                arguments("keyed", Map.of(hard, BackendState.ready(TIME))),
                arguments("keyedByReason", Map.of(TerminationReason.KEY_EXPIRED, 1)),
                arguments("keyedByKind", Map.of(TerminationKind.SOFT, "x")),
                arguments("keyedByAForeignEnum", Map.of(DayOfWeek.FRIDAY, BackendState.ready(TIME))),
                arguments("list", List.of(hard, BackendStatus.READY)),
                arguments("set", Set.of(hard)),
                arguments("array", new BackendStatus[] {hard}),
                arguments("optional", Optional.of(hard)),
                arguments("optionalReason", Optional.of(TerminationReason.STARTUP_TIMEOUT)),
                arguments("optionalKind", Optional.of(TerminationKind.HARD)),
                arguments("listsByName", Map.of("a", List.of(hard))));
    }

    /**
     * An enum adapter in a configuration would break maps keyed by that enum on Yasson, also for the application's own.
     */
    @ParameterizedTest
    @MethodSource("constants")
    void bringsBackConstantsInContainersAndAsKeysWithTheReadyConfiguration(String member, Object value)
            throws Exception {
        Jsonb configured = open(JamsocketJsonb.config());
        Field field = Constants.class.getField(member);
        Type type = field.getGenericType();
        Constants constants = new Constants();
        field.set(constants, value);

        assertThat(field.get(configured.fromJson(configured.toJson(constants), Constants.class)))
                .isEqualTo(value);
        assertThatObject(configured.fromJson(configured.toJson(value, type), type))
                .isEqualTo(value);
        assertThatObject(configured.fromJson(configured.toJson(value), type)).isEqualTo(value);
    }

    @Test
    void bringsBackConstantsAsValuesOfAMapWithTheReadyConfiguration() throws Exception {
        Jsonb configured = open(JamsocketJsonb.config());
        Map<DayOfWeek, BackendStatus> value = Map.of(DayOfWeek.FRIDAY, BackendStatus.HARD_TERMINATING);
        Type type = parameterized(Map.class, DayOfWeek.class, BackendStatus.class);

        assertThatObject(configured.fromJson(configured.toJson(value, type), type))
                .isEqualTo(value);
    }

    static Type parameterized(Class<?> raw, Type... arguments) {
        return new ParameterizedType() {
            @Override
            public Type[] getActualTypeArguments() {
                return arguments;
            }

            @Override
            public Type getRawType() {
                return raw;
            }

            @Override
            public Type getOwnerType() {
                return null;
            }
        };
    }

    /** A record of an application. */
    public record Row(String id, BackendState state) {}

    /** A bean of an application. */
    public static class Bean {
        public BackendState state;
        public BackendState.Ready ready;
        public List<BackendState> history;
        public ConnectResponse response;
        public ConnectRequest request;
        public BackendStatus status;
        public TerminationReason reason;
        public TerminationKind kind;
    }

    /** Containers other than lists. */
    public static class Containers {
        public Map<String, BackendState> map;
        public BackendState[] array;
        public Optional<BackendState> optional;
    }

    /** Constants in containers and as keys. */
    public static class Constants {
        public Map<BackendStatus, BackendState> keyed;
        public Map<TerminationReason, Integer> keyedByReason;
        public Map<TerminationKind, String> keyedByKind;
        public Map<DayOfWeek, BackendState> keyedByAForeignEnum;
        public List<BackendStatus> list;
        public Set<BackendStatus> set;
        public BackendStatus[] array;
        public Optional<BackendStatus> optional;
        public Optional<TerminationReason> optionalReason;
        public Optional<TerminationKind> optionalKind;
        public Map<String, List<BackendStatus>> listsByName;
        public Map<DayOfWeek, BackendStatus> values;
    }
}
