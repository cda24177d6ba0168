package com.jamsocket.internal.wire;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ResourceLimits;
import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Requests of any content. */
final class Requests {

    private Requests() {}

    /** Any request that both kinds of servers take. */
    static Arbitrary<ConnectRequest> any() {
        return Combinators.combine(
                        text().injectNull(0.3),
                        Arbitraries.of(true, false),
                        options().injectNull(0.3),
                        user().injectNull(0.3),
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
    static Arbitrary<String> text() {
        return unicode().map(text -> text.isBlank() ? "blank" : text);
    }

    /** What a header can have. */
    private static Arbitrary<String> user() {
        return text().map(text -> Values.isHeaderText(text) ? text : "user");
    }

    private static Arbitrary<String> unicode() {
        return Arbitraries.strings().ofMaxLength(12).map(text -> text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }
}
