package com.jamsocket.internal.config;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Values;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads settings into a builder, and collects everything that is missing or wrong before it complains. */
public final class SettingsReader {

    private static final int DEFAULT_DEV_PORT = 8080;

    private final Settings settings;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(Settings settings) {
        this.settings = settings;
    }

    /**
     * Sets up the builder.
     *
     * @throws JamsocketConfigurationException naming every setting that is missing or wrong
     */
    public static void read(Settings settings, Jamsocket.Builder builder) {
        SettingsReader reader = new SettingsReader(settings);
        reader.readServer(builder);
        reader.readHeaders(builder);
        reader.readTimes(builder);
        if (!reader.problems.isEmpty()) {
            throw new JamsocketConfigurationException(reader.problems);
        }
    }

    /** Whether the states of backends are to be fired as events: {@code jamsocket.follow}, by default true. */
    public static boolean follow(Settings settings) {
        SettingsReader reader = new SettingsReader(settings);
        Boolean follow = reader.value("jamsocket.follow", SettingsReader::bool, "true or false");
        if (!reader.problems.isEmpty()) {
            throw new JamsocketConfigurationException(reader.problems);
        }
        return follow == null || follow;
    }

    private void readServer(Jamsocket.Builder builder) {
        String dev = value("jamsocket.dev", SettingsReader::devWord, "true, false or embedded");
        Integer port = value("jamsocket.dev-port", SettingsReader::port, "a port from 1 to 65535");
        URI plane = value("jamsocket.plane-url", SettingsReader::address, "an http or https URL");
        URI api = value("jamsocket.api-url", SettingsReader::address, "an http or https URL");
        if ("embedded".equals(dev)) {
            builder.embedded();
        } else if ("true".equals(dev)) {
            builder.dev(port == null ? DEFAULT_DEV_PORT : port);
        } else if (plane != null) {
            text("jamsocket.token", builder::token);
            readPlane(builder, plane);
        } else {
            readApi(builder, api);
            return;
        }
        text("jamsocket.service", builder::service);
    }

    private void readApi(Jamsocket.Builder builder, @Nullable URI api) {
        required("jamsocket.account", builder::account);
        required("jamsocket.token", builder::token);
        required("jamsocket.service", builder::service);
        if (api != null) {
            builder.apiUrl(api);
        }
    }

    private void readPlane(Jamsocket.Builder builder, URI controller) {
        PlaneSettings.Builder plane = PlaneSettings.builder(controller);
        text("jamsocket.plane-image", plane::image);
        set(
                "jamsocket.plane-pull-policy",
                SettingsReader::pullPolicy,
                "IfNotPresent, Always or Never",
                plane::pullPolicy);
        text("jamsocket.plane-cluster", plane::cluster);
        text("jamsocket.plane-pool", plane::pool);
        text("jamsocket.plane-namespace", plane::namespace);
        set(
                "jamsocket.plane-max-idle-seconds",
                SettingsReader::seconds,
                "a positive number of seconds",
                plane::maxIdle);
        String username = value("jamsocket.plane-registry-username", Function.identity(), "a user name");
        String password = value("jamsocket.plane-registry-password", Function.identity(), "a password");
        if (username != null && password != null) {
            plane.registry(username, password);
        } else if (username != null || password != null) {
            problems.add("jamsocket.plane-registry-username and jamsocket.plane-registry-password go together");
        }
        builder.plane(plane.build());
    }

    private void readHeaders(Jamsocket.Builder builder) {
        String lines = settings.get("jamsocket.headers");
        if (lines == null) {
            return;
        }
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 1) {
                // The line itself may be a secret.
                problems.add(settings.places("jamsocket.headers") + " has a line that is no \"Name: value\"");
            } else {
                builder.header(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
    }

    private void readTimes(Jamsocket.Builder builder) {
        String form = "a positive duration such as PT30S or a number of seconds";
        set("jamsocket.connect-timeout", SettingsReader::duration, form, builder::connectTimeout);
        set("jamsocket.read-timeout", SettingsReader::duration, form, builder::readTimeout);
        set(
                "jamsocket.retry-time",
                SettingsReader::durationOrZero,
                "a duration such as PT5S or PT0S",
                builder::retryTime);
        set("jamsocket.silence-limit", SettingsReader::duration, form, builder::silenceLimit);
        set("jamsocket.status-check-interval", SettingsReader::duration, form, builder::statusCheckInterval);
        Integer attempts = value("jamsocket.reconnect-max-attempts", SettingsReader::positive, "a positive number");
        Duration time = value("jamsocket.reconnect-max-time", SettingsReader::duration, form);
        ReconnectPolicy policy = ReconnectPolicy.ofDefaults();
        policy = attempts == null ? policy : policy.withMaxAttempts(attempts);
        policy = time == null ? policy : policy.withMaxTime(time);
        builder.reconnectPolicy(policy);
    }

    private void required(String name, Consumer<String> target) {
        if (settings.get(name) == null) {
            problems.add("no " + name.substring("jamsocket.".length()) + ": set " + settings.places(name));
        } else {
            text(name, target);
        }
    }

    private void text(String name, Consumer<String> target) {
        set(name, Function.identity(), "text", target);
    }

    private <T> void set(String name, Function<String, T> parser, String form, Consumer<? super T> target) {
        T value = value(name, parser, form);
        if (value != null) {
            target.accept(value);
        }
    }

    /** The value in Java; null if it is not set, or wrong, which then is a problem. The value itself is not shown. */
    private <T> @Nullable T value(String name, Function<String, T> parser, String form) {
        String text = settings.get(name);
        if (text == null) {
            return null;
        }
        if (text.isBlank()) {
            problems.add(settings.places(name) + " is blank; it must be " + form);
            return null;
        }
        try {
            return parser.apply(text.strip());
        } catch (RuntimeException e) {
            problems.add(settings.places(name) + " must be " + form);
            return null;
        }
    }

    private static String devWord(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("true") || word.equals("false") || word.equals("embedded")) {
            return word;
        }
        throw new IllegalArgumentException(text);
    }

    private static boolean bool(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true");
        }
        throw new IllegalArgumentException(text);
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    private static int positive(String text) {
        int number = Integer.parseInt(text);
        if (number < 1) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(positive(text));
    }

    private static Duration duration(String text) {
        return Values.requirePositive(durationOrZero(text), "duration");
    }

    private static Duration durationOrZero(String text) {
        boolean seconds = text.chars().allMatch(Character::isDigit);
        Duration duration = seconds ? Duration.ofSeconds(Integer.parseInt(text)) : Duration.parse(text);
        return duration.isZero() ? duration : Values.requirePositive(duration, "duration");
    }

    private static URI address(String text) {
        return Addresses.require(URI.create(text));
    }

    private static PlaneSettings.PullPolicy pullPolicy(String text) {
        for (PlaneSettings.PullPolicy policy : PlaneSettings.PullPolicy.values()) {
            if (policy.wireName().equalsIgnoreCase(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
