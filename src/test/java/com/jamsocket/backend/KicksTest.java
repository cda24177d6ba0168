package com.jamsocket.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.LogRecorder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KicksTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private final ManualTicker ticker = new ManualTicker(NOW, new Random(1));
    private final Kicks kicks = new Kicks(KEY, "b1", ticker);
    private final KickSigner application = new KickSigner(KEY, ticker);
    private final List<String> closed = new ArrayList<>();

    private static VerifiedRequest from(String user) {
        return VerifiedRequest.of(Map.of("x-verified-username", List.of(user)));
    }

    /** A token of any content, rightly signed. */
    private static String signed(Map<String, Object> header, Map<String, Object> claims) {
        return new SignedToken(KEY).sign(header, claims);
    }

    private static Map<String, Object> claims(Map<String, Object> others) {
        long now = NOW.getEpochSecond();
        Map<String, Object> claims =
                new HashMap<>(Map.of("sub", "ann", "aud", "b1", "iat", now, "exp", now + 60, "jti", "1"));
        claims.putAll(others);
        return claims;
    }

    @Test
    void closesTheConnectionsOfTheUserAndNoOthers() {
        kicks.opened(from("ann"), () -> closed.add("ann's first"));
        kicks.opened(from("ann"), () -> closed.add("ann's second"));
        kicks.opened(from("bob"), () -> closed.add("bob's"));
        kicks.opened(VerifiedRequest.of(Map.of()), () -> closed.add("nobody's"));

        kicks.accept(application.kick("b1", "ann"));

        assertThat(closed).containsExactly("ann's first", "ann's second");
    }

    @Test
    void admitsTheUserNoMoreUntilHeIsReadmitted() {
        assertThat(kicks.admits(from("ann"))).isTrue();

        kicks.accept(application.kick("b1", "ann"));

        assertThat(kicks.admits(from("ann"))).isFalse();
        assertThat(kicks.admits(from("bob"))).isTrue();
        assertThat(kicks.admits(VerifiedRequest.of(Map.of()))).isTrue();
        ticker.advance(Duration.ofDays(30));
        assertThat(kicks.admits(from("ann"))).isFalse();

        kicks.accept(application.readmit("b1", "ann"));

        assertThat(kicks.admits(from("ann"))).isTrue();
        kicks.opened(from("ann"), () -> closed.add("ann's"));
        assertThat(closed).isEmpty();
    }

    @Test
    void knowsUsersBeyondAsciiByTheirNames() {
        kicks.accept(application.kick("b1", "änn"));

        assertThat(kicks.admits(from("änn"))).isFalse();
        assertThat(kicks.admits(from("Ã¤nn"))).isFalse();
    }

    /** His requests have another name, so that he would stay in. */
    @ParameterizedTest
    @ValueSource(strings = {" ann", "ann ", "\tann", "ann\t", "an\nn", "ann\u007f", "ann\ud83d"})
    void refusesToKickAUserWhomNoRequestNames(String user) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> application.kick("b1", user))
                .withMessageStartingWith("user ")
                .withMessageNotContaining(user);
        assertThatIllegalArgumentException().isThrownBy(() -> application.readmit("b1", user));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ann", "ann ", "\tann", "ann\t", "an\nn", "ann\u007f"})
    void refusesAMessageOfAnotherProgramThatNamesSuchAUser(String user) {
        assertRefused(
                signed(Map.of("alg", "HS256", "typ", "kick+jwt"), claims(Map.of("sub", user))), "no request can have");
    }

    @Test
    void closesAConnectionThatWasUnderWayWhenItsUserWasKicked() {
        kicks.accept(application.kick("b1", "ann"));

        kicks.opened(from("ann"), () -> closed.add("late"));

        assertThat(closed).containsExactly("late");
    }

    @Test
    void forgetsConnectionsThatWereClosed() {
        Kicks.Registration first = kicks.opened(from("ann"), () -> closed.add("first"));
        kicks.opened(from("ann"), () -> closed.add("second"));
        first.close();
        first.close();

        kicks.accept(application.kick("b1", "ann"));
        kicks.accept(application.kick("b1", "ann"));

        assertThat(closed).containsExactly("second");
    }

    @Test
    void closesTheRestWhenOneCannotBeClosed() {
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            kicks.opened(from("ann"), () -> {
                throw new IllegalStateException("gone already");
            });
            kicks.opened(from("ann"), () -> closed.add("second"));

            kicks.accept(application.kick("b1", "ann"));

            assertThat(closed).containsExactly("second");
            assertThat(log.warnings()).singleElement().satisfies(entry -> assertThat(entry.getMessage())
                    .doesNotContain("ann"));
        }
    }

    @Test
    void takesATokenThatAnotherProgramHasSigned() {
        // Made with Python's hmac.
        String token = "eyJ0eXAiOiJraWNrK2p3dCIsImFsZyI6IkhTMjU2In0.eyJqdGkiOiAiOWYiLCAiZXhwIjogMTc5MzUy"
                + "NzI2MCwgImlhdCI6IDE3OTM1MjcyMDAsICJhdWQiOiAiYjEiLCAic3ViIjogImFubiIsICJleHRyYSI6"
                + "IFsxXX0.zTnONHzpXTMmkdCBYnq9-JAoTsKt45_zrsDWpZLopVY";

        kicks.accept(token + "\n");

        assertThat(kicks.admits(from("ann"))).isFalse();
    }

    @Test
    void takesAMessageFromTheBodyOfARequest() throws IOException {
        kicks.accept(new ByteArrayInputStream(application.kick("b1", "ann").getBytes(StandardCharsets.US_ASCII)));

        assertThat(kicks.admits(from("ann"))).isFalse();
    }

    @Test
    void readsNoMoreOfABodyThanAMessageMayHave() throws IOException {
        InputStream body = new ByteArrayInputStream("x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> kicks.accept(body))
                .withMessage("the message is too long");
        assertThat(body.readAllBytes()).hasSizeGreaterThan(1_000_000);
    }

    @Test
    void signsWhatOtherProgramsRead() {
        String[] parts = application.kick("b1", "ann").split("\\.", -1);

        assertThat(parts).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .contains("\"alg\":\"HS256\"", "\"typ\":\"kick+jwt\"");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains(
                        "\"sub\":\"ann\"", "\"aud\":\"b1\"", "\"iat\":1793527200", "\"exp\":1793527260", "\"jti\":\"");
    }

    private void assertRefused(String message, String reason) {
        kicks.opened(from("ann"), () -> closed.add("ann's"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kicks.accept(message))
                .withMessageContaining(reason);
        assertThat(kicks.admits(from("ann"))).isTrue();
        assertThat(closed).isEmpty();
    }

    @Test
    void refusesAMessageThatIsNotSignedWithItsKey() {
        byte[] other = KEY.clone();
        other[31]++;
        assertRefused(new KickSigner(other, ticker).kick("b1", "ann"), "not signed");

        String kick = application.kick("b1", "ann");
        String[] parts = kick.split("\\.", -1);
        String[] others = application.kick("b1", "bob").split("\\.", -1);
        assertRefused(parts[0] + "." + others[1] + "." + parts[2], "not signed");
        assertRefused(kick.substring(0, kick.length() - 4), "not signed");
    }

    @Test
    void refusesATokenThatSaysItNeedsNoSignature() {
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII));
        String[] parts = application.kick("b1", "ann").split("\\.", -1);
        assertRefused(none + "." + parts[1] + ".", "no JSON Web Token");
        assertRefused(none + "." + parts[1] + "." + parts[2], "not signed");
        assertRefused(signed(Map.of("alg", "none", "typ", "kick+jwt"), claims(Map.of())), "not of the kind");
    }

    @Test
    void refusesATokenOfAnotherPurpose() {
        assertRefused(signed(Map.of("alg", "HS256", "typ", "JWT"), claims(Map.of())), "not of the kind");
        assertRefused(signed(Map.of("alg", "HS256"), claims(Map.of())), "not of the kind");
    }

    @Test
    void refusesAMessageForAnotherBackend() {
        assertRefused(application.kick("b2", "ann"), "another backend");
    }

    @Test
    void refusesAMessageThatWasHeardBefore() {
        String kick = application.kick("b1", "ann");
        kicks.accept(kick);
        kicks.accept(application.readmit("b1", "ann"));

        assertRefused(kick, "heard before");
        ticker.advance(Duration.ofSeconds(89));
        assertRefused(kick, "heard before");
        ticker.advance(Duration.ofSeconds(1));
        assertRefused(kick, "too old");
    }

    @Test
    void refusesToReadmitByAMessageFromBefore() {
        String readmit = application.readmit("b1", "ann");
        kicks.accept(readmit);
        kicks.accept(application.kick("b1", "ann"));

        assertThatIllegalArgumentException().isThrownBy(() -> kicks.accept(readmit));
        assertThat(kicks.admits(from("ann"))).isFalse();
    }

    @Test
    void putsUpWithClocksThatDifferByHalfAMinute() {
        ManualTicker behind = new ManualTicker(NOW.minusSeconds(89), new Random(1));
        ManualTicker ahead = new ManualTicker(NOW.plusSeconds(30), new Random(1));
        assertThatNoException().isThrownBy(() -> kicks.accept(new KickSigner(KEY, behind).kick("b1", "ann")));
        assertThatNoException().isThrownBy(() -> kicks.accept(new KickSigner(KEY, ahead).kick("b1", "ann")));
    }

    @Test
    void refusesAMessageThatIsOldOrFromTheFuture() {
        ManualTicker behind = new ManualTicker(NOW.minusSeconds(90), new Random(1));
        ManualTicker ahead = new ManualTicker(NOW.plusSeconds(31), new Random(1));
        assertRefused(new KickSigner(KEY, behind).kick("b1", "ann"), "too old");
        assertRefused(new KickSigner(KEY, ahead).kick("b1", "ann"), "from the future");
    }

    @ParameterizedTest
    @CsvSource({
        "sub, 7, names no user",
        "aud, 7, another backend",
        "jti, 7, no jti",
        "iat, soon, no iat",
        "exp, soon, no exp",
        "exp, 1793527501, more than five minutes",
        "exp, 9223372036854775807, no exp",
        "iat, -1, no iat",
        "exp, 1e400, no exp"
    })
    void refusesClaimsThatItDoesNotUnderstand(String name, String value, String reason) {
        Object claim = value.equals("soon") ? value : new java.math.BigDecimal(value);
        assertRefused(signed(Map.of("alg", "HS256", "typ", "kick+jwt"), claims(Map.of(name, claim))), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kick ann", "a.b", "a.b.c.d", "ä.ö.ü", "..", "a b.c.d"})
    void refusesWhatIsNoToken(String message) {
        assertRefused(message, "no JSON Web Token");
    }

    @Test
    void refusesAMessageThatIsLongerThanAnyOfTheirs() {
        assertRefused("a".repeat(5000), "too long");
    }

    @Test
    void refusesAKeyThatIsTooShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Kicks(new byte[31], "b1"))
                .withMessageContaining("32 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> new KickSigner(new byte[31]));
    }

    @Test
    void closesEveryConnectionWhoeverIsFirst() throws Exception {
        int connections = 2000;
        ConcurrentLinkedQueue<Integer> over = new ConcurrentLinkedQueue<>();
        CountDownLatch kicked = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger next = new AtomicInteger();
        for (int thread = 0; thread < 3; thread++) {
            threads.execute(() -> {
                for (int i = next.getAndIncrement(); i < connections; i = next.getAndIncrement()) {
                    int connection = i;
                    kicks.opened(from("ann"), () -> over.add(connection));
                }
            });
        }
        threads.execute(() -> {
            kicks.accept(application.kick("b1", "ann"));
            kicked.countDown();
        });
        threads.shutdown();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kicked.getCount()).isZero();
        assertThat(over).hasSize(connections).doesNotHaveDuplicates();
    }
}
