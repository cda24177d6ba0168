package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.config.Addresses;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.internal.config.SettingsReader;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.HttpTransport;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.PlaneDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Collects what a client is made from, and makes it. */
public final class ClientBuilder implements Jamsocket.Builder {

    private static final URI PUBLIC_API = URI.create("https://api.jamsocket.com");

    /** What the JavaScript SDK sends for account and service where a development server asks for neither. */
    private static final String NOBODY = "-";

    /** How many calls of the non-blocking view may be under way at once. */
    private static final int ASYNC_CALLS = 64;

    private URI apiUrl = PUBLIC_API;
    private @Nullable String account;
    private @Nullable String token;
    private @Nullable String service;
    private @Nullable Integer devPort;
    private boolean embedded;
    private @Nullable PlaneSettings plane;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(30);
    private Duration retryTime = Duration.ofSeconds(5);
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Object> components = new ArrayList<>();
    private @Nullable SSLContext sslContext;
    private @Nullable Executor executor;
    private ReconnectPolicy reconnectPolicy = ReconnectPolicy.ofDefaults();
    private Duration silenceLimit = Duration.ofSeconds(45);
    private Duration statusCheckInterval = Duration.ofMinutes(3);

    private Hooks hooks = Hooks.NONE;

    /** A builder set up by environment variables. */
    public static ClientBuilder fromEnv(Map<String, String> env) {
        return from(Settings.ofEnvironment(env));
    }

    /** A builder set up by settings. */
    public static ClientBuilder from(Settings settings) {
        ClientBuilder builder = new ClientBuilder();
        SettingsReader.read(settings, builder);
        return builder;
    }

    @Override
    public ClientBuilder apiUrl(URI apiUrl) {
        this.apiUrl = Objects.requireNonNull(apiUrl, "apiUrl");
        return this;
    }

    @Override
    public ClientBuilder account(String account) {
        this.account = Values.requireText(account, "account");
        return this;
    }

    @Override
    public ClientBuilder token(String token) {
        this.token = Values.requireText(token, "token");
        return this;
    }

    @Override
    public ClientBuilder service(String service) {
        this.service = Values.requireText(service, "service");
        return this;
    }

    @Override
    public ClientBuilder dev(int port) {
        this.devPort = port;
        return this;
    }

    @Override
    public ClientBuilder embedded() {
        this.embedded = true;
        return this;
    }

    @Override
    public ClientBuilder plane(PlaneSettings settings) {
        this.plane = Objects.requireNonNull(settings, "settings");
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
    public ClientBuilder header(String name, String value) {
        headers.put(Values.requireText(name, "name"), Objects.requireNonNull(value, "value"));
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

    /** What watches the client. */
    public ClientBuilder hooks(Hooks hooks) {
        this.hooks = Objects.requireNonNull(hooks, "hooks");
        return this;
    }

    @Override
    public Jamsocket build() {
        requireComplete();
        Threads threads = new Threads(executor, ASYNC_CALLS);
        if (embedded) {
            EmbeddedServer server = EmbeddedServer.start();
            return client(server.url(), dialect(), threads, server::close);
        }
        return client(base(), dialect(), threads, () -> {});
    }

    private Jamsocket client(URI base, Dialect dialect, Threads threads, Runnable afterwards) {
        StreamSettings streams = new StreamSettings(reconnectPolicy, silenceLimit, statusCheckInterval);
        HttpSettings http = http(base);
        Transport transport = new HttpTransport(http, threads.ticker(), threads.progress());
        return new DefaultJamsocket(
                new Operations(dialect, transport, streams, retryTime, threads, hooks), http.server(), afterwards);
    }

    private HttpSettings http(URI base) {
        return new HttpSettings(
                Addresses.require(base),
                isDev() ? null : token,
                headers,
                connectTimeout,
                readTimeout,
                sslContext,
                components);
    }

    @Override
    public PlaneControl buildPlaneControl() {
        if (isDev() || plane == null) {
            throw new JamsocketConfigurationException(List.of("no Plane cluster: call plane(…) on the builder, or set"
                    + " jamsocket.plane-url (JAMSOCKET_PLANE_URL) and no jamsocket.dev"));
        }
        requireComplete();
        return DefaultPlaneControl.of(http(base()), retryTime, new Threads(executor, ASYNC_CALLS));
    }

    private boolean isDev() {
        return embedded || devPort != null;
    }

    private URI base() {
        if (devPort != null) {
            return URI.create("http://localhost:" + devPort);
        }
        return plane != null ? plane.controller() : apiUrl;
    }

    private Dialect dialect() {
        if (isDev()) {
            return new JamsocketDialect(orNobody(account), orNobody(service), ServerKind.DEV_SERVER);
        }
        return plane != null
                ? new PlaneDialect(plane, service)
                : new JamsocketDialect(orNobody(account), orNobody(service), ServerKind.API);
    }

    private static String orNobody(@Nullable String name) {
        return name == null ? NOBODY : name;
    }

    private void requireComplete() {
        List<String> problems = new ArrayList<>();
        if (devPort != null && (devPort < 1 || devPort > 65_535)) {
            problems.add("the port of the development server must be from 1 to 65535, not " + devPort);
        }
        if (!isDev() && plane == null) {
            require(account, "account", problems);
            require(token, "token", problems);
            require(service, "service", problems);
        }
        requireAddress(base(), plane == null ? "apiUrl" : "the address of the Plane controller", problems);
        if (!problems.isEmpty()) {
            throw new JamsocketConfigurationException(problems);
        }
    }

    private static void require(@Nullable String value, String name, List<String> problems) {
        if (value == null) {
            problems.add("no " + name + ": call " + name + "(…) on the builder");
        }
    }

    private static void requireAddress(URI address, String name, List<String> problems) {
        try {
            Addresses.require(address);
        } catch (IllegalArgumentException e) {
            problems.add(name + " " + e.getMessage());
        }
    }
}
