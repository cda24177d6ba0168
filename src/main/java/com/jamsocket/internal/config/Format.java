package com.jamsocket.internal.config;

import com.jamsocket.PlaneSettings.PullPolicy;
import com.jamsocket.internal.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the value of a setting must be, and how its text is parsed.
 *
 * @param words what the text must be, as messages and documentation have it
 * @param parser makes the value; throws a RuntimeException for any other text
 * @param validator throws a RuntimeException for a value out of range; its second argument is what the value is called
 */
record Format<T>(String words, Function<String, T> parser, BiConsumer<T, String> validator) {

    static final Format<String> TEXT = new Format<>("text", String::strip, Values::requireText);

    /** Not stripped: the builder does that with secrets, and must see what is wrong with one. */
    static final Format<String> SECRET = new Format<>("printable ASCII text", Function.identity());

    static final Format<URI> ADDRESS = new Format<>("an http or https URL", Format::address);

    static final Format<Integer> PORT = new Format<>("a port from 1 to 65535", Format::number);

    static final Format<Integer> COUNT = new Format<>("a positive number", Format::number, Values::requirePositive);

    static final Format<Duration> SECONDS =
            new Format<>("a positive number of seconds", text -> Duration.ofSeconds(number(text)));

    static final Format<Duration> DURATION = new Format<>(
            "a positive duration such as PT30S or a number of seconds", Format::duration, Values::requirePositive);

    static final Format<Duration> DURATION_OR_ZERO = new Format<>(
            "a duration such as PT5S or a number of seconds, or 0", Format::duration, Values::requireNotNegative);

    static final Format<Boolean> FLAG = choice("true or false", Map.of("true", true, "false", false));

    static final Format<FollowMode> FOLLOW = choice(
            "true, false or manual",
            Map.of("true", FollowMode.ALL, "false", FollowMode.NONE, "manual", FollowMode.MANUAL));

    static final Format<Optional<Scope>> DEV = choice(
            "true, false or embedded",
            Map.of(
                    "true", Optional.of(Scope.DEV_SERVER),
                    "embedded", Optional.of(Scope.EMBEDDED),
                    "false", Optional.empty()));

    static final Format<PullPolicy> PULL_POLICY = choice(
            "IfNotPresent, Always or Never",
            Arrays.stream(PullPolicy.values())
                    .collect(Collectors.toMap(policy -> word(policy.wireName()), Function.identity())));

    static final Format<List<Map.Entry<String, String>>> HEADERS =
            new Format<>("one \"Name: value\" a line", text -> text.lines()
                    .filter(line -> !line.isBlank())
                    .map(Format::header)
                    .toList());

    static final Format<List<Path>> PATHS =
            new Format<>("paths, with commas between them", text -> Stream.of(text.split(","))
                    .map(String::strip)
                    .filter(path -> !path.isEmpty())
                    .map(Path::of)
                    .toList());

    /** One whose values are validated where they go. */
    private Format(String words, Function<String, T> parser) {
        this(words, parser, (value, name) -> {});
    }

    private static <T> Format<T> choice(String words, Map<String, T> values) {
        return new Format<>(
                words, text -> Optional.ofNullable(values.get(word(text))).orElseThrow());
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static int number(String text) {
        return Integer.parseInt(text.strip());
    }

    private static Duration duration(String text) {
        String stripped = text.strip();
        boolean seconds = stripped.chars().allMatch(Character::isDigit);
        return seconds ? Duration.ofSeconds(Integer.parseInt(stripped)) : Duration.parse(stripped);
    }

    /** Text that is no URI becomes one without a host, so that both are refused in one place, by the target. */
    private static URI address(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }

    private static Map.Entry<String, String> header(String line) {
        int colon = line.indexOf(':');
        return Map.entry(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
}
