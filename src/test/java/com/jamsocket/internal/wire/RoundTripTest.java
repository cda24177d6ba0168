package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.ResourceLimits;
import com.jamsocket.SpawnOptions;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read again as the same. */
class RoundTripTest {

    @Property(tries = 300)
    void states(@ForAll("anyState") BackendState state) {
        assertThat(StateMapping.read(again(StateMapping.write(state)))).isEqualTo(state);
    }

    @Property(tries = 300)
    void responses(@ForAll("anyResponse") ConnectResponse response) {
        assertThat(ConnectResponseMapping.read(again(ConnectResponseMapping.write(response))))
                .isEqualTo(response);
    }

    @Property(tries = 500)
    void requests(@ForAll("anyRequest") ConnectRequest request) {
        JsonObject json = again(ConnectRequestMapping.write(request));
        assertThat(ConnectRequestMapping.read(json)).isEqualTo(request);
        assertThat(withoutAuth(json)).doesNotContain(JsonValue.NULL);
    }

    private static List<JsonValue> withoutAuth(JsonObject json) {
        return json.entrySet().stream()
                .filter(member -> !member.getKey().equals("auth"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static JsonObject again(JsonObject json) {
        return Json.readObject(json.toString());
    }

    @Provide
    Arbitrary<BackendState> anyState() {
        Arbitrary<Instant> time = Arbitraries.longs()
                .between(-62_135_596_800L, 253_402_300_799L)
                .flatMap(seconds -> Arbitraries.of(0, 123_000_000, 123_456_000, 999_999_999)
                        .map(nanos -> Instant.ofEpochSecond(seconds, nanos)));
        Arbitrary<String> word = text().injectNull(0.3);
        return Arbitraries.oneOf(
                time.map(BackendState.Scheduled::new),
                time.map(BackendState.Loading::new),
                time.map(BackendState.Starting::new),
                time.map(BackendState.Waiting::new),
                time.map(BackendState.Ready::new),
                Combinators.combine(time, word, word).as(BackendState.Terminating::new),
                Combinators.combine(time, word, word).as(BackendState.HardTerminating::new),
                Combinators.combine(
                                time,
                                word,
                                word,
                                Arbitraries.of(true, false).injectNull(0.3),
                                Arbitraries.integers().injectNull(0.3),
                                word)
                        .as(BackendState.Terminated::new),
                Combinators.combine(time.map(t -> t.truncatedTo(ChronoUnit.MILLIS)), text())
                        .as((t, name) -> unknown(t, "x" + name)));
    }

    private static BackendState unknown(Instant time, String name) {
        String json = Json.fromMap(Map.of("status", name, "time", time.toEpochMilli()))
                .toString();
        return StateMapping.read(Json.readObject(json));
    }

    @Provide
    Arbitrary<ConnectResponse> anyResponse() {
        Arbitrary<URI> address = Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .map(path -> URI.create("https://host:81/" + path + "/?a=b%20c"));
        return Combinators.combine(
                        text(),
                        Arbitraries.of(true, false),
                        text(),
                        text(),
                        address,
                        text().injectNull(0.3),
                        address,
                        address.injectNull(0.3))
                .as(ConnectResponse::new);
    }

    @Provide
    Arbitrary<ConnectRequest> anyRequest() {
        return Combinators.combine(
                        text().injectNull(0.3),
                        Arbitraries.of(true, false),
                        options().injectNull(0.3),
                        text().injectNull(0.3),
                        json(3).injectNull(0.3))
                .as((key, spawn, options, user, auth) -> {
                    ConnectRequest.Builder request = ConnectRequest.builder().spawn(spawn);
                    if (key != null) {
                        request.key(key);
                    }
                    if (options != null) {
                        request.spawn(options);
                    }
                    if (user != null) {
                        request.user(user);
                    }
                    if (auth != null) {
                        request.auth(auth);
                    }
                    return request.build();
                });
    }

    private static Arbitrary<SpawnOptions> options() {
        Arbitrary<Duration> seconds =
                Arbitraries.integers().between(1, Integer.MAX_VALUE).map(Duration::ofSeconds);
        Arbitrary<Map<String, String>> env = Arbitraries.maps(
                        Arbitraries.strings().alpha().numeric().ofMinLength(1).filter(name -> !name.equals("PORT")),
                        unicode())
                .ofMaxSize(4);
        return Combinators.combine(
                        text().injectNull(0.3),
                        seconds.injectNull(0.3),
                        seconds.injectNull(0.3),
                        Arbitraries.oneOf(text(), Arbitraries.just("/")).injectNull(0.3),
                        env,
                        limits().injectNull(0.3))
                .as((word, lifetime, idle, mount, variables, limits) -> {
                    SpawnOptions.Builder options = SpawnOptions.builder().env(variables);
                    if (word != null) {
                        options.tag(word).cluster(word);
                    }
                    if (lifetime != null) {
                        options.lifetimeLimit(lifetime);
                    }
                    if (idle != null) {
                        options.maxIdle(idle);
                    }
                    if (mount != null) {
                        // One of the paths stands for the directory that has none.
                        options = mount.equals("/") ? options.mount(true) : options.mount("data/" + mount);
                    }
                    if (limits != null) {
                        options.resourceLimits(limits);
                    }
                    return options.build();
                });
    }

    private static Arbitrary<ResourceLimits> limits() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, Long.MAX_VALUE).injectNull(0.3),
                        Arbitraries.integers().between(0, 255).injectNull(0.3),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE).injectNull(0.3))
                .as((number, percent, seconds) -> {
                    ResourceLimits.Builder limits = ResourceLimits.builder();
                    if (number != null) {
                        limits.cpuPeriod(Duration.of(number, ChronoUnit.MICROS))
                                .memoryLimitBytes(number)
                                .diskLimitBytes(number);
                    }
                    if (percent != null) {
                        limits.cpuPeriodPercent(percent);
                    }
                    if (seconds != null) {
                        limits.cpuTimeLimit(Duration.ofSeconds(seconds));
                    }
                    return limits.build();
                });
    }

    private static Arbitrary<Map<String, Object>> json(int depth) {
        return Arbitraries.maps(unicode(), value(depth)).ofMaxSize(4);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> leaf = Arbitraries.<Object>oneOf(
                unicode().map(text -> text),
                Arbitraries.of(true, false),
                Arbitraries.longs(),
                Arbitraries.integers(),
                Arbitraries.shorts(),
                Arbitraries.bytes(),
                Arbitraries.doubles(),
                Arbitraries.floats(),
                Arbitraries.bigIntegers().map(number -> number.multiply(BigInteger.TEN.pow(30))),
                Arbitraries.bigDecimals().map(BigDecimal::negate));
        return depth == 0
                ? leaf.injectNull(0.1)
                : Arbitraries.oneOf(
                        leaf.injectNull(0.1),
                        json(depth - 1).map(object -> object),
                        value(depth - 1).list().ofMaxSize(3).map(list -> list));
    }

    /** Text that is not blank. */
    private static Arbitrary<String> text() {
        return unicode().map(text -> text.isBlank() ? "blank" : text);
    }

    private static Arbitrary<String> unicode() {
        return Arbitraries.strings().ofMaxLength(12).map(text -> text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }
}
