package com.jamsocket.internal.config;

import static com.jamsocket.internal.config.Scope.API;
import static com.jamsocket.internal.config.Scope.DEV_SERVER;
import static com.jamsocket.internal.config.Scope.EMBEDDED;
import static com.jamsocket.internal.config.Scope.INJECTED;
import static com.jamsocket.internal.config.Scope.PLANE;

import com.jamsocket.PlaneSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of settings: each constant is a row, with name, format, default, and the servers that it applies to. Most
 * are {@linkplain SettingValues values} that are asked for where they take effect; the others name the method of a
 * builder that takes them. docs/settings.md is compared with it.
 *
 * @param <T> the type of the value
 */
public final class Setting<T> {

    private static final List<Setting<?>> TABLE = new ArrayList<>();

    private static final Pattern WORD = Pattern.compile("-(.)");
    private static final Set<Scope> ANY_SERVER = EnumSet.of(API, DEV_SERVER, EMBEDDED, PLANE);

    // Which server is meant.
    public static final Setting<Optional<Scope>> DEV =
            server("dev", Format.DEV, "false", EnumSet.of(DEV_SERVER, EMBEDDED), Draft::dev);
    public static final Setting<URI> PLANE_URL =
            server("plane-url", Format.ADDRESS, null, EnumSet.of(PLANE), Draft::plane);
    public static final Setting<URI> API_URL =
            server("api-url", Format.ADDRESS, "https://api.jamsocket.com", EnumSet.of(API), Draft::api);
    public static final Setting<Integer> DEV_PORT =
            row("dev-port", Format.PORT, "8080", EnumSet.of(DEV_SERVER), Draft::devPort);
    public static final Setting<String> DEV_COMMAND = value("dev-command", Format.TEXT, null, EnumSet.of(EMBEDDED));
    public static final Setting<List<Path>> DEV_WATCH = value("dev-watch", Format.PATHS, "", EnumSet.of(EMBEDDED));

    // Whose backends are meant.
    public static final Setting<String> ACCOUNT = value("account", Format.TEXT, null, EnumSet.of(API));
    public static final Setting<String> TOKEN =
            row("token", Format.SECRET, null, EnumSet.of(API, PLANE), (draft, token) -> draft.client()
                    .token(token));
    public static final Setting<String> SERVICE = value("service", Format.TEXT, null, ANY_SERVER);

    // How Plane runs them.
    public static final Setting<String> PLANE_IMAGE =
            plane("plane-image", Format.TEXT, null, PlaneSettings.Builder::image);
    static final Setting<PlaneSettings.PullPolicy> PLANE_PULL_POLICY =
            plane("plane-pull-policy", Format.PULL_POLICY, null, PlaneSettings.Builder::pullPolicy);
    static final Setting<String> PLANE_CLUSTER =
            plane("plane-cluster", Format.TEXT, null, PlaneSettings.Builder::cluster);
    static final Setting<String> PLANE_POOL = plane("plane-pool", Format.TEXT, null, PlaneSettings.Builder::pool);
    static final Setting<String> PLANE_NAMESPACE =
            plane("plane-namespace", Format.TEXT, null, PlaneSettings.Builder::namespace);
    static final Setting<Duration> PLANE_MAX_IDLE = plane(
            "plane-max-idle-seconds",
            Format.SECONDS,
            String.valueOf(PlaneSettings.DEFAULT_MAX_IDLE.toSeconds()),
            PlaneSettings.Builder::maxIdle);
    static final Setting<String> PLANE_REGISTRY_USERNAME =
            row("plane-registry-username", Format.TEXT, null, EnumSet.of(PLANE), Draft::registryUsername);
    static final Setting<String> PLANE_REGISTRY_PASSWORD =
            row("plane-registry-password", Format.TEXT, null, EnumSet.of(PLANE), Draft::registryPassword);

    // How the server is reached.
    public static final Setting<List<Map.Entry<String, String>>> HEADERS =
            row("headers", Format.HEADERS, null, ANY_SERVER, Draft::headers);
    public static final Setting<Duration> CONNECT_TIMEOUT =
            value("connect-timeout", Format.DURATION, "PT10S", ANY_SERVER);
    public static final Setting<Duration> READ_TIMEOUT = value("read-timeout", Format.DURATION, "PT30S", ANY_SERVER);
    public static final Setting<Integer> ASYNC_CALLS = value("async-calls", Format.COUNT, "64", ANY_SERVER);
    public static final Setting<Duration> RETRY_TIME = value("retry-time", Format.DURATION_OR_ZERO, "PT5S", ANY_SERVER);
    public static final Setting<Duration> CALL_TIMEOUT = value("call-timeout", Format.DURATION, null, ANY_SERVER);
    public static final Setting<Integer> MAX_WAITING_CALLS = value("max-waiting-calls", Format.COUNT, "8", ANY_SERVER);

    // How streams hold on.
    static final Setting<Integer> RECONNECT_MAX_ATTEMPTS =
            row("reconnect-max-attempts", Format.COUNT, null, ANY_SERVER, Draft::reconnectMaxAttempts);
    static final Setting<Duration> RECONNECT_MAX_TIME =
            row("reconnect-max-time", Format.DURATION, null, ANY_SERVER, Draft::reconnectMaxTime);
    public static final Setting<Duration> SILENCE_LIMIT = value("silence-limit", Format.DURATION, "PT45S", ANY_SERVER);
    public static final Setting<Duration> STATUS_CHECK_INTERVAL =
            value("status-check-interval", Format.DURATION, "PT1M", ANY_SERVER);
    public static final Setting<Integer> STREAM_OPENINGS = value("stream-openings", Format.COUNT, "256", ANY_SERVER);
    public static final Setting<Integer> MAX_WATCHED_BACKENDS =
            value("max-watched-backends", Format.COUNT, "1000", ANY_SERVER);

    // What the container does with an injected client.
    public static final Setting<FollowMode> FOLLOW = value("follow", Format.FOLLOW, "true", EnumSet.of(INJECTED));
    public static final Setting<Duration> EXPIRY_NOTICE =
            value("expiry-notice", Format.DURATION, "PT1M", EnumSet.of(INJECTED));
    public static final Setting<Duration> DRONE_LOST_AFTER =
            value("drone-lost-after", Format.DURATION_OR_ZERO, "0", EnumSet.of(INJECTED));
    public static final Setting<Boolean> FAIL_FAST = value("fail-fast", Format.FLAG, "false", EnumSet.of(INJECTED));

    private final String name;
    private final Format<T> format;
    private final String defaultText;
    private final @Nullable T byDefault;
    private final Set<Scope> scope;
    private final boolean choosesServer;
    private final @Nullable BiConsumer<Draft, T> effect;

    private Setting(
            String name,
            Format<T> format,
            @Nullable String byDefault,
            Set<Scope> scope,
            boolean choosesServer,
            @Nullable BiConsumer<Draft, T> effect) {
        this.name = "jamsocket." + name;
        this.format = format;
        this.defaultText = Objects.requireNonNullElse(byDefault, "");
        this.byDefault = byDefault == null ? null : format.parser().apply(byDefault);
        this.scope = scope;
        this.choosesServer = choosesServer;
        this.effect = effect;
        TABLE.add(this);
    }

    /** A setting that chooses the server. */
    private static <T> Setting<T> server(
            String name, Format<T> format, @Nullable String byDefault, Set<Scope> scope, BiConsumer<Draft, T> effect) {
        return new Setting<>(name, format, byDefault, scope, true, effect);
    }

    /** A setting that reaches the builder together with others, or in several calls. */
    private static <T> Setting<T> row(
            String name, Format<T> format, @Nullable String byDefault, Set<Scope> scope, BiConsumer<Draft, T> effect) {
        return new Setting<>(name, format, byDefault, scope, false, effect);
    }

    /** A setting that is a value, asked for where it takes effect. */
    private static <T> Setting<T> value(String name, Format<T> format, @Nullable String byDefault, Set<Scope> scope) {
        return new Setting<>(name, format, byDefault, scope, false, null);
    }

    /** A setting that has a method of the builder of {@link PlaneSettings}. */
    private static <T> Setting<T> plane(
            String name, Format<T> format, @Nullable String byDefault, BiConsumer<PlaneSettings.Builder, T> method) {
        return row(name, format, byDefault, EnumSet.of(PLANE), (draft, value) -> method.accept(draft.plane(), value));
    }

    /** All settings, in the order of the table. */
    static List<Setting<?>> table() {
        return List.copyOf(TABLE);
    }

    /** The name, such as {@code jamsocket.api-url}. */
    public String name() {
        return name;
    }

    /** What its text must be, in words. */
    public String format() {
        return format.words();
    }

    /** The default, of a setting that has one. */
    public T byDefault() {
        return Objects.requireNonNull(byDefault, name);
    }

    /** The text of the default; empty if there is none. */
    String defaultText() {
        return defaultText;
    }

    /** Where it applies, in words. */
    String where() {
        return scope.equals(ANY_SERVER)
                ? "all"
                : scope.stream().map(Scope::words).collect(Collectors.joining(", "));
    }

    boolean appliesTo(Set<Scope> scopes) {
        return scope.stream().anyMatch(scopes::contains);
    }

    boolean choosesServer() {
        return choosesServer;
    }

    /**
     * Parses a text.
     *
     * @throws RuntimeException if it is not of the format
     */
    T parse(String text) {
        return format.parser().apply(text);
    }

    /** What the method of a builder that takes it is called. */
    private String methodName() {
        return WORD.matcher(name.substring("jamsocket.".length()))
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /**
     * Validates a value.
     *
     * @throws RuntimeException if it is out of range
     */
    void validate(T value) {
        format.validator().accept(value, methodName());
    }

    /**
     * Parses a text, and hands the value on.
     *
     * @throws RuntimeException if it is not of the format, or out of range
     */
    void apply(Draft draft, String text) {
        T value = parse(text);
        if (effect == null) {
            draft.values().set(this, value);
        } else {
            effect.accept(draft, value);
        }
    }
}
