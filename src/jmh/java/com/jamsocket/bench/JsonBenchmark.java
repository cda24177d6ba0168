package com.jamsocket.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.PlaneSettings;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.PlaneDialect;
import com.jamsocket.internal.wire.ServerKind;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The mapping of this client against Jackson and Yasson with records that have the same fields. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonBenchmark {

    /** As a server answers {@code connect}. */
    public record Connected(
            String backendId,
            boolean spawned,
            String status,
            String token,
            URI url,
            String secretToken,
            URI statusUrl,
            String readyUrl,
            String drone,
            String subdomain) {}

    /** As a server tells a state. */
    public record Told(
            String status,
            Instant time,
            String terminationReason,
            String terminationKind,
            Boolean exitError,
            Integer exitCode,
            String lastStatus) {}

    /** What the Jamsocket API is asked for. */
    public record Asked(String key, String user, Map<String, Object> auth) {}

    /** What Plane is asked for. */
    public record AskedPlane(Key key, SpawnConfig spawnConfig, String user, Map<String, Object> auth) {

        /** The key. */
        public record Key(String name) {}

        /** What to run. */
        public record SpawnConfig(Executable executable, long maxIdleSeconds) {}

        /** The image. */
        public record Executable(String image) {}
    }

    /** Which server's texts are read and written. */
    @Param({"jamsocket", "plane"})
    public String dialect;

    private final ObjectMapper jackson = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private final Jsonb yasson = JsonbBuilder.create(
            new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES));
    private final ConnectRequest request = ConnectRequest.builder()
            .key("room-1")
            .user("ada")
            .auth(Map.of("role", "editor"))
            .build();

    private Dialect ours;
    private byte[] answer;
    private String state;
    private ConnectResponse response;
    private BackendState backendState;
    private Connected connected;
    private Told told;

    /** Makes the texts, and reads each once with each, so that none is measured that fails. */
    @Setup
    public void setUp() throws Exception {
        boolean plane = dialect.equals("plane");
        ours = plane
                ? new PlaneDialect(
                        PlaneSettings.builder(URI.create("http://localhost:8080/"))
                                .image("example.com/rooms:1")
                                .build(),
                        null)
                : new JamsocketDialect("acme", "rooms", ServerKind.API);
        answer = (plane
                        ? """
                        {"backend_id":"k2h5xq0v9c1abc","spawned":true,"status":"scheduled","token":"Zm9vYmFyYmF6cXV4",\
                        "url":"http://localhost:9090/Zm9vYmFyYmF6cXV4/","subdomain":null,\
                        "secret_token":"YmFyYmF6cXV4Zm9v",\
                        "status_url":"http://localhost:8080/pub/b/k2h5xq0v9c1abc/status","drone":"dr-0abc"}"""
                        : """
                        {"backend_id":"k2h5xq0v9c1abc","spawned":true,"status":"scheduled","token":"Zm9vYmFyYmF6cXV4",\
                        "url":"https://k2h5.example.com/Zm9vYmFyYmF6cXV4/","secret_token":"YmFyYmF6cXV4Zm9v",\
                        "status_url":"https://api.example.com/v2/backend/k2h5xq0v9c1abc/status",\
                        "ready_url":"https://ready.example.com/k2h5xq0v9c1abc"}""")
                .getBytes(StandardCharsets.UTF_8);
        state = plane
                ? "{\"status\":\"ready\",\"time\":1730752941123}"
                : "{\"status\":\"ready\",\"time\":\"2026-01-02T03:04:05.678Z\"}";
        response = ours.connectResponse(answer);
        backendState = ours.state(state);
        connected = jackson.readValue(answer, Connected.class);
        told = jackson.readValue(state, Told.class);
        if (!connected.backendId().equals(response.backendId()) || !told.time().equals(backendState.time())) {
            throw new IllegalStateException("the candidates read different things");
        }
    }

    @Benchmark
    public Object readAnswerJamsocket() {
        return ours.connectResponse(answer);
    }

    @Benchmark
    public Object readAnswerJackson() throws Exception {
        return jackson.readValue(answer, Connected.class);
    }

    @Benchmark
    public Object readAnswerYasson() {
        return yasson.fromJson(new String(answer, StandardCharsets.UTF_8), Connected.class);
    }

    @Benchmark
    public Object readStateJamsocket() {
        return ours.state(state);
    }

    @Benchmark
    public Object readStateJackson() throws JsonProcessingException {
        return jackson.readValue(state, Told.class);
    }

    /** Yasson has no times in milliseconds by itself, so that Plane's text is left out. */
    @Benchmark
    public Object readStateYasson() {
        return dialect.equals("plane") ? null : yasson.fromJson(state, Told.class);
    }

    @Benchmark
    public String writeAnswerJamsocket() {
        return ConnectResponseMapping.write(response).toString();
    }

    @Benchmark
    public String writeAnswerJackson() throws JsonProcessingException {
        return jackson.writeValueAsString(connected);
    }

    @Benchmark
    public String writeAnswerYasson() {
        return yasson.toJson(connected);
    }

    @Benchmark
    public String writeStateJamsocket() {
        return StateMapping.text(backendState);
    }

    @Benchmark
    public String writeStateJackson() throws JsonProcessingException {
        return jackson.writeValueAsString(told);
    }

    @Benchmark
    public String writeStateYasson() {
        return yasson.toJson(told);
    }

    @Benchmark
    public String writeRequestJamsocket() {
        return ours.connect(request).body();
    }

    @Benchmark
    public String writeRequestJackson() throws JsonProcessingException {
        return jackson.writeValueAsString(asked());
    }

    @Benchmark
    public String writeRequestYasson() {
        return yasson.toJson(asked());
    }

    private Record asked() {
        return dialect.equals("plane")
                ? new AskedPlane(
                        new AskedPlane.Key(request.key()),
                        new AskedPlane.SpawnConfig(new AskedPlane.Executable("example.com/rooms:1"), 300),
                        request.user(),
                        request.auth())
                : new Asked(request.key(), request.user(), request.auth());
    }
}
