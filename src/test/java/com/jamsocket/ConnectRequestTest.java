package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectRequestTest {

    private static ConnectRequest.Builder full() {
        return ConnectRequest.builder()
                .key("doc/42")
                .spawn(SpawnOptions.builder()
                        .tag("v1")
                        .env("PASSWORD", "S3CRET")
                        .build())
                .user("ann")
                .auth(Map.of("token", "S3CRET"))
                .waitForEnding(Duration.ofSeconds(5))
                .plane(PlaneOptions.builder().pool("p").build());
    }

    @Test
    void defaultsToANewBackendOfTheServicesDefaults() {
        ConnectRequest request = ConnectRequest.builder().build();
        assertThat(request.key()).isNull();
        assertThat(request.spawn()).isTrue();
        assertThat(request.spawnOptions()).isNull();
        assertThat(request.user()).isNull();
        assertThat(request.auth()).isNull();
        assertThat(request.waitForEnding()).isNull();
        assertThat(request.plane()).isNull();
    }

    static List<UnaryOperator<ConnectRequest.Builder>> changes() {
        return List.of(
                builder -> builder.key("other"),
                builder -> builder.spawn(false),
                builder -> builder.spawn(true),
                builder -> builder.spawn(SpawnOptions.builder().build()),
                builder -> builder.user("bob"),
                builder -> builder.auth(Map.of()),
                builder -> builder.waitForEnding(Duration.ofSeconds(6)),
                builder -> builder.plane(PlaneOptions.builder().build()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isAValueOfAllItsParts(UnaryOperator<ConnectRequest.Builder> change) {
        ConnectRequest request = full().build();
        assertThat(request).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
        assertThat(request.toBuilder().build()).isEqualTo(request);
        assertThat(change.apply(request.toBuilder()).build()).isNotEqualTo(request);
        assertThat(request).isNotEqualTo("doc/42").isNotEqualTo(null);
    }

    @Test
    void showsNoSecrets() {
        assertThat(full().build().toString())
                .contains("doc/42", "v1", "PASSWORD")
                .doesNotContain("S3CRET", "ann");
        assertThat(ConnectRequest.builder().spawn(false).build())
                .hasToString("ConnectRequest[key=null, spawn=false," + " waitForEnding=null, plane=null]");
    }

    @Test
    void theLastWordOnSpawningCounts() {
        SpawnOptions options = SpawnOptions.builder().build();
        assertThat(ConnectRequest.builder().spawn(options).spawn(false).build().spawnOptions())
                .isNull();
        assertThat(ConnectRequest.builder().spawn(false).spawn(options).build().spawn())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003", "a\uD83D", "\uDE00"})
    void refusesBlankOrBrokenText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().key(text))
                .withMessageStartingWith("key ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().user(text))
                .withMessageStartingWith("user ");
    }

    /** HTTP takes it for the name of another user, or for no header at all. */
    @ParameterizedTest
    @ValueSource(strings = {" ann", "ann ", "\tann", "ann\t", "a\nn", "a\rn", "a\0n", "ann\u001b", "ann\u007f"})
    void refusesAUserWhomAHeaderCannotName(String user) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().user(user))
                .withMessageStartingWith("user ")
                .withMessageNotContaining(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann Lee", "ann\tlee", "\u00a0ann", "\u00e0", "Zoë 🦊"})
    void takesAnyUserWhomAHeaderNames(String user) {
        assertThat(ConnectRequest.builder().user(user).build().user()).isEqualTo(user);
    }

    @Test
    void refusesNull() {
        ConnectRequest.Builder builder = ConnectRequest.builder();
        assertThatNullPointerException().isThrownBy(() -> builder.key(null)).withMessage("key");
        assertThatNullPointerException().isThrownBy(() -> builder.user(null));
        assertThatNullPointerException().isThrownBy(() -> builder.auth(null));
        assertThatNullPointerException().isThrownBy(() -> builder.spawn(null));
        assertThatNullPointerException().isThrownBy(() -> builder.plane(null));
        assertThatNullPointerException().isThrownBy(() -> builder.waitForEnding(null));
    }

    @Test
    void refusesToWaitForNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().waitForEnding(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().waitForEnding(Duration.ofNanos(-1)));
    }

    @Test
    void copiesAuthInDepth() {
        List<Object> roles = new ArrayList<>(Arrays.asList("editor", null));
        Map<String, Object> auth = new LinkedHashMap<>(Map.of("roles", roles));
        ConnectRequest request = ConnectRequest.builder().auth(auth).build();
        roles.add("owner");
        auth.put("x", 1);
        assertThat(request.auth()).isEqualTo(Map.of("roles", Arrays.asList("editor", null)));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> request.auth().put("x", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) request.auth().get("roles")).remove(0));
    }

    @Test
    void keepsNumbersInOneForm() {
        Map<String, Object> given = new HashMap<>();
        given.put("byte", (byte) 1);
        given.put("short", (short) 2);
        given.put("long", 3L);
        given.put("big", BigInteger.valueOf(4_000_000_000L));
        given.put("huge", BigInteger.TWO.pow(63));
        given.put("double", 0.5);
        given.put("float", 0.25f);
        given.put("decimal", new BigDecimal("1.50"));
        assertThat(ConnectRequest.builder().auth(given).build().auth())
                .containsEntry("byte", 1)
                .containsEntry("short", 2)
                .containsEntry("long", 3)
                .containsEntry("big", 4_000_000_000L)
                .containsEntry("huge", new BigDecimal(BigInteger.TWO.pow(63)))
                .containsEntry("double", new BigDecimal("0.5"))
                .containsEntry("float", new BigDecimal("0.25"))
                .containsEntry("decimal", new BigDecimal("1.50"));
    }

    static List<Object> withoutForm() {
        return List.of(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY,
                new AtomicInteger(1),
                UUID.randomUUID(),
                'c',
                new int[0],
                "\uD800",
                Map.of(1, "x"),
                Map.of("\uD800", "x"));
    }

    @ParameterizedTest
    @MethodSource("withoutForm")
    void refusesAuthThatHasNoFormInJson(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().auth(Map.of("a", List.of(value))))
                .withMessageContaining("auth.a[0]");
    }

    @Test
    void refusesAuthThatContainsItself() {
        Map<String, Object> auth = new HashMap<>();
        auth.put("self", List.of(auth));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectRequest.builder().auth(auth))
                .withMessageContaining("deep");
    }
}
