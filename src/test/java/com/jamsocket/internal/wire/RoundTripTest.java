package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read again as the same. */
class RoundTripTest {

    @Property(tries = 200)
    void states(@ForAll("anyState") BackendState state) {
        assertThat(StateMapping.read(again(StateMapping.write(state)))).isEqualTo(state);
    }

    @Property(tries = 200)
    void responses(@ForAll("anyResponse") ConnectResponse response) {
        assertThat(ConnectResponseMapping.read(again(ConnectResponseMapping.write(response))))
                .isEqualTo(response);
    }

    @Property(tries = 200)
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
        Arbitrary<String> word = Requests.text().injectNull(0.3);
        return Arbitraries.oneOf(
                time.map(BackendState::scheduled),
                time.map(BackendState::loading),
                time.map(BackendState::starting),
                time.map(BackendState::waiting),
                time.map(BackendState::ready),
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
                Combinators.combine(time.map(t -> t.truncatedTo(ChronoUnit.MILLIS)), Requests.text())
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
        Arbitrary<String> word = Requests.text().injectNull(0.3);
        return Builders.withBuilder(ConnectResponse::builder)
                .use(Requests.text())
                .in(ConnectResponse.Builder::backendId)
                .use(Arbitraries.of(true, false))
                .in(ConnectResponse.Builder::spawned)
                .use(Requests.text())
                .in(ConnectResponse.Builder::statusName)
                .use(Requests.text())
                .in(ConnectResponse.Builder::token)
                .use(address)
                .in(ConnectResponse.Builder::url)
                .use(word)
                .in(ConnectResponse.Builder::secretToken)
                .use(address)
                .in(ConnectResponse.Builder::statusUrl)
                .use(address.injectNull(0.3))
                .in(ConnectResponse.Builder::readyUrl)
                .use(word)
                .in(ConnectResponse.Builder::drone)
                .use(word)
                .in(ConnectResponse.Builder::subdomain)
                .build(ConnectResponse.Builder::build);
    }

    @Provide
    Arbitrary<ConnectRequest> anyRequest() {
        return Requests.any();
    }
}
