package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.config.HeaderFields;
import com.jamsocket.internal.config.Setting;
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

/** Collects what a client is made from, and makes it. */
public final class ClientBuilder implements Jamsocket.Builder {

    /** Stands for a token that is validated when it is read. */
    private static final String READ_LATER = "supplied";

    private final @Nullable Settings settings;
    private final List<String> problemsOfSettings = new ArrayList<>();
    private final Map<Class<?>, Target> targets = new LinkedHashMap<>();
    private boolean targetsOfSettings;
    private @Nullable String devCommand;
    private List<Path> devWatch = List.of();
    private @Nullable String account;
    private @Nullable String token;
    private @Nullable Supplier<String> suppliedToken;
    private @Nullable String service;
    private Duration connectTimeout = Setting.CONNECT_TIMEOUT.byDefault();
    private Duration readTimeout = Setting.READ_TIMEOUT.byDefault();
    private Duration retryTime = Setting.RETRY_TIME.byDefault();
    private @Nullable Duration callTimeout;
    private int maxWaitingCalls = Setting.MAX_WAITING_CALLS.byDefault();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, Supplier<String>> suppliedHeaders = new LinkedHashMap<>();
    private final List<Object> components = new ArrayList<>();
    private @Nullable SSLContext sslContext;
    private @Nullable Executor executor;
    private ReconnectPolicy reconnectPolicy = ReconnectPolicy.ofDefaults();
    private Duration silenceLimit = Setting.SILENCE_LIMIT.byDefault();
    private int streamOpenings = Setting.STREAM_OPENINGS.byDefault();
    private int maxWatchedBackends = Setting.MAX_WATCHED_BACKENDS.byDefault();
    private int asyncCalls = Setting.ASYNC_CALLS.byDefault();
    private String name = "";
    private final List<Hooks> hooks = new ArrayList<>();
    private Duration statusCheckInterval = Setting.STATUS_CHECK_INTERVAL.byDefault();

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
        builder.problemsOfSettings.addAll(SettingsReader.read(settings, builder));
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
        return target(new Target.Embedded(() -> new EmbeddedServerProvider.Options(devCommand, devWatch)));
    }

    @Override
    public ClientBuilder devCommand(String command) {
        this.devCommand = Values.requireText(command, "command");
        return this;
    }

    @Override
    public ClientBuilder devWatch(Path... paths) {
        this.devWatch = List.of(paths);
        return this;
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

    @Override
    public ClientBuilder account(String account) {
        this.account = Values.requireText(account, "account");
        return this;
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
        this.service = Values.requireText(service, "service");
        return this;
    }

    @Override
    public ClientBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = Values.requirePositive(timeout, "connectTimeout");
        return this;
    }

    @Override
    public ClientBuilder readTimeout(Duration timeout) {
        this.readTimeout = Values.requirePositive(timeout, "readTimeout");
        return this;
    }

    @Override
    public ClientBuilder retryTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("retryTime must not be negative, but is " + time);
        }
        this.retryTime = time;
        return this;
    }

    @Override
    public ClientBuilder callTimeout(Duration timeout) {
        this.callTimeout = Values.requirePositive(timeout, "callTimeout");
        return this;
    }

    @Override
    public ClientBuilder maxWaitingCalls(int calls) {
        this.maxWaitingCalls = Math.toIntExact(Values.requirePositive(calls, "maxWaitingCalls"));
        return this;
    }

    @Override
    public ClientBuilder asyncCalls(int calls) {
        this.asyncCalls = Math.toIntExact(Values.requirePositive(calls, "asyncCalls"));
        return this;
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
        this.silenceLimit = Values.requirePositive(limit, "silenceLimit");
        return this;
    }

    @Override
    public ClientBuilder statusCheckInterval(Duration interval) {
        this.statusCheckInterval = Values.requirePositive(interval, "statusCheckInterval");
        return this;
    }

    @Override
    public ClientBuilder streamOpenings(int openings) {
        this.streamOpenings = Math.toIntExact(Values.requirePositive(openings, "streamOpenings"));
        return this;
    }

    @Override
    public ClientBuilder maxWatchedBackends(int backends) {
        this.maxWatchedBackends = Math.toIntExact(Values.requirePositive(backends, "maxWatchedBackends"));
        return this;
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
        StreamSettings streams = new StreamSettings(
                reconnectPolicy, silenceLimit, statusCheckInterval, streamOpenings, maxWatchedBackends);
        HttpSettings http = http(target, server.base());
        Hooks watching = HookList.of(hooks);
        Transport direct = new HttpTransport(http, threads.ticker(), threads.progress(), threads.calls());
        Transport transport =
                WatchedTransport.of(time == null ? direct : new TestedTransport(direct, time), http.base(), watching);
        return new DefaultJamsocket(
                new Operations(
                        target.dialect(caller()),
                        transport,
                        new BackendClient(http),
                        calls(),
                        streams,
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
        return DefaultPlaneControl.of(http(target, base), calls(), threads(DevJar.testTime(base)), HookList.of(hooks));
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
        return time == null ? new Threads(executor, asyncCalls) : new TestedThreads(executor, asyncCalls, time);
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
        return new Target.Caller(account, suppliedToken == null ? token : READ_LATER, service);
    }

    private CallSettings calls() {
        Duration attempt =
                Deadline.min(connectTimeout, Deadline.LONGEST).plus(Deadline.min(readTimeout, Deadline.LONGEST));
        return new CallSettings(
                retryTime,
                Objects.requireNonNullElseGet(
                        callTimeout, () -> attempt.plus(Deadline.min(retryTime, Deadline.LONGEST))),
                attempt,
                maxWaitingCalls);
    }

    private HttpSettings http(Target target, URI base) {
        Credentials credentials = Credentials.of(target.takesToken() ? token() : null, headers, suppliedHeaders);
        return new HttpSettings(
                base,
                credentials,
                connectTimeout,
                readTimeout,
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
