package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.config.HeaderFields;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.config.SettingValues;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.internal.config.SettingsReader;
import com.jamsocket.internal.http.BackendClient;
import com.jamsocket.internal.http.Credentials;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.HttpTransport;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds clients. */
public final class ClientBuilder implements Jamsocket.Builder {

    /** For how long a request may go on after its call: so that it is the limit of the call that a caller hears of. */
    private static final Duration OVERTIME = Duration.ofSeconds(1);

    /** Stands for a token that is validated when it is read. */
    private static final String READ_LATER = "supplied";

    private final @Nullable Settings settings;
    private final List<String> problemsOfSettings = new ArrayList<>();
    private final SettingValues values = new SettingValues();
    private final Map<Class<?>, Target> targets = new LinkedHashMap<>();
    private boolean targetsOfSettings;
    private @Nullable String token;
    private @Nullable Supplier<String> suppliedToken;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, Supplier<String>> suppliedHeaders = new LinkedHashMap<>();
    private final List<Object> components = new ArrayList<>();
    private @Nullable SSLContext sslContext;
    private @Nullable Executor executor;
    private ReconnectPolicy reconnectPolicy = ReconnectPolicy.ofDefaults();
    private String name = "";
    private final List<Hooks> hooks = new ArrayList<>();

    /** A builder that nothing is set on. */
    public ClientBuilder() {
        this(null);
    }

    private ClientBuilder(@Nullable Settings settings) {
        this.settings = settings;
    }

    /** A builder set up by environment variables. */
    public static ClientBuilder fromEnv(Map<String, String> env) {
        return from(Settings.ofEnvironment(env));
    }

    /** A builder set up by settings. What is wrong with them is refused when a client is built. */
    public static ClientBuilder from(Settings settings) {
        ClientBuilder builder = new ClientBuilder(settings);
        builder.problemsOfSettings.addAll(SettingsReader.read(settings, builder.values, builder));
        builder.targetsOfSettings = true;
        return builder;
    }

    @Override
    public ClientBuilder apiUrl(URI apiUrl) {
        return target(new Target.Api(Objects.requireNonNull(apiUrl, "apiUrl")));
    }

    @Override
    public ClientBuilder dev(int port) {
        return target(new Target.DevServer(port));
    }

    @Override
    public ClientBuilder embedded() {
        return target(new Target.Embedded(() ->
                new EmbeddedServerProvider.Options(values.find(Setting.DEV_COMMAND), values.get(Setting.DEV_WATCH))));
    }

    @Override
    public ClientBuilder devCommand(String command) {
        return set(Setting.DEV_COMMAND, command);
    }

    @Override
    public ClientBuilder devWatch(Path... paths) {
        return set(Setting.DEV_WATCH, List.of(paths));
    }

    @Override
    public ClientBuilder plane(PlaneSettings settings) {
        return target(new Target.Plane(Objects.requireNonNull(settings, "settings")));
    }

    /** Replaces a target of the same kind, and whichever the settings have chosen: code wins over them. */
    private ClientBuilder target(Target target) {
        if (targetsOfSettings) {
            targets.clear();
            targetsOfSettings = false;
        }
        targets.put(target.getClass(), target);
        return this;
    }

    private <T> ClientBuilder set(Setting<T> setting, T value) {
        values.set(setting, value);
        return this;
    }

    @Override
    public ClientBuilder account(String account) {
        return set(Setting.ACCOUNT, account);
    }

    @Override
    public ClientBuilder token(String token) {
        this.token = HeaderFields.value(Values.requireText(token, "token"));
        this.suppliedToken = null;
        return this;
    }

    @Override
    public ClientBuilder token(Supplier<String> token) {
        this.suppliedToken = new SuppliedText("the token", Objects.requireNonNull(token, "token"));
        this.token = null;
        return this;
    }

    @Override
    public ClientBuilder service(String service) {
        return set(Setting.SERVICE, service);
    }

    @Override
    public ClientBuilder connectTimeout(Duration timeout) {
        return set(Setting.CONNECT_TIMEOUT, timeout);
    }

    @Override
    public ClientBuilder readTimeout(Duration timeout) {
        return set(Setting.READ_TIMEOUT, timeout);
    }

    @Override
    public ClientBuilder retryTime(Duration time) {
        return set(Setting.RETRY_TIME, time);
    }

    @Override
    public ClientBuilder callTimeout(Duration timeout) {
        return set(Setting.CALL_TIMEOUT, timeout);
    }

    @Override
    public ClientBuilder maxWaitingCalls(int calls) {
        return set(Setting.MAX_WAITING_CALLS, calls);
    }

    @Override
    public ClientBuilder asyncCalls(int calls) {
        return set(Setting.ASYNC_CALLS, calls);
    }

    @Override
    public ClientBuilder header(String name, String value) {
        headers.put(Values.requireText(name, "name"), HeaderFields.value(Objects.requireNonNull(value, "value")));
        suppliedHeaders.remove(name);
        return this;
    }

    @Override
    public ClientBuilder header(String name, Supplier<String> value) {
        String shown = HeaderFields.shown(Values.requireText(name, "name"));
        suppliedHeaders.put(name, new SuppliedText("the header " + shown, Objects.requireNonNull(value, "value")));
        headers.remove(name);
        return this;
    }

    @Override
    public ClientBuilder register(Object component) {
        components.add(Objects.requireNonNull(component, "component"));
        return this;
    }

    @Override
    public ClientBuilder sslContext(SSLContext sslContext) {
        this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
        return this;
    }

    @Override
    public ClientBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    @Override
    public ClientBuilder reconnectPolicy(ReconnectPolicy policy) {
        this.reconnectPolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    @Override
    public ClientBuilder silenceLimit(Duration limit) {
        return set(Setting.SILENCE_LIMIT, limit);
    }

    @Override
    public ClientBuilder statusCheckInterval(Duration interval) {
        return set(Setting.STATUS_CHECK_INTERVAL, interval);
    }

    @Override
    public ClientBuilder streamOpenings(int openings) {
        return set(Setting.STREAM_OPENINGS, openings);
    }

    @Override
    public ClientBuilder maxWatchedBackends(int backends) {
        return set(Setting.MAX_WATCHED_BACKENDS, backends);
    }

    @Override
    public ClientBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /** What it is called so far. */
    public String name() {
        return name;
    }

    /** Has something watch the client, beside others. */
    public ClientBuilder hooks(Hooks watching) {
        hooks.add(Objects.requireNonNull(watching, "watching"));
        return this;
    }

    /** What is wrong with the settings, whatever code sets up besides. */
    public List<String> problemsOfSettings() {
        return List.copyOf(problemsOfSettings);
    }

    /**
     * Validates what is set, and makes nothing.
     *
     * @throws com.jamsocket.JamsocketConfigurationException naming everything that is missing or wrong
     */
    public void validate() {
        var unused = requireTarget(Target.class);
    }

    @Override
    public Jamsocket build() {
        Target target = requireTarget(Target.class);
        requireJson();
        Target.Endpoint server = target.open();
        TestTime time = DevJar.testTime(server.base());
        Threads threads = threads(time);
        HttpSettings http = http(target, server.base());
        Hooks watching = HookList.of(hooks);
        Transport direct = new HttpTransport(http, threads.ticker(), threads.progress(), threads.filters());
        Transport transport =
                WatchedTransport.of(time == null ? direct : new TestedTransport(direct, time), http.base(), watching);
        return new DefaultJamsocket(
                new Operations(
                        target.dialect(caller()),
                        transport,
                        new BackendClient(http),
                        clientSettings(),
                        threads,
                        watching),
                name,
                http.server(),
                server.release());
    }

    @Override
    public PlaneControl buildPlaneControl() {
        Target target = requireTarget(Target.Plane.class);
        requireJson();
        URI base = target.open().base();
        return DefaultPlaneControl.of(
                http(target, base), clientSettings(), threads(DevJar.testTime(base)), HookList.of(hooks));
    }

    /** Now, where it is understood: with the first call it would be a class that cannot be initialized. */
    private static void requireJson() {
        try {
            Json.load();
        } catch (LinkageError e) {
            throw new JamsocketConfigurationException(
                    List.of("there is no implementation of JSON-P, which a server brings: in Java SE and in tests add"
                            + " the dependency org.eclipse.parsson:parsson"));
        }
    }

    private Threads threads(@Nullable TestTime time) {
        int asyncCalls = values.get(Setting.ASYNC_CALLS);
        return time == null
                ? new Threads(executor, asyncCalls, new SystemTicker("jamsocket-timer"))
                : new TestedThreads(executor, asyncCalls, time);
    }

    /** The server that is meant, of this kind, once everything is validated. */
    private Target requireTarget(Class<? extends Target> kind) {
        Problems problems = new Problems(settings);
        problems.addAll(problemsOfSettings);
        Target target = targets.isEmpty()
                ? new Target.Api(Setting.API_URL.byDefault())
                : targets.values().iterator().next();
        if (targets.size() > 1) {
            problems.refuseAllButOne(targets.values());
        } else if (!kind.isInstance(target)) {
            problems.require(null, "plane(…)", Setting.PLANE_URL, "Plane cluster");
        } else if (targets.isEmpty() && caller().isNobody()) {
            problems.requireServer();
        } else {
            target.check(caller(), problems);
        }
        problems.checkHeaders(headers, "header(…)", Setting.HEADERS);
        suppliedHeaders.keySet().forEach(name -> problems.checkHeaders(Map.of(name, ""), "header(…)", Setting.HEADERS));
        problems.throwIfAny();
        return target;
    }

    private Target.Caller caller() {
        return new Target.Caller(
                values.find(Setting.ACCOUNT), suppliedToken == null ? token : READ_LATER, values.find(Setting.SERVICE));
    }

    private ClientSettings clientSettings() {
        return new ClientSettings(values, reconnectPolicy);
    }

    private HttpSettings http(Target target, URI base) {
        Credentials credentials = Credentials.of(target.takesToken() ? token() : null, headers, suppliedHeaders);
        // A thread that cannot leave its request is not to be in it for long when its call is over.
        Duration call = Deadline.sum(clientSettings().callTimeout(), OVERTIME);
        return new HttpSettings(
                base,
                credentials,
                Deadline.min(values.get(Setting.CONNECT_TIMEOUT), call),
                Deadline.min(values.get(Setting.READ_TIMEOUT), call),
                sslContext,
                components,
                HookList.of(hooks).seesAttempts());
    }

    private Credentials.@Nullable Value token() {
        if (suppliedToken != null) {
            return new Credentials.Value.Supplied(suppliedToken);
        }
        return token == null ? null : new Credentials.Value.Fixed(token);
    }
}
