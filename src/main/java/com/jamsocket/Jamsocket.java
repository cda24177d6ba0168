package com.jamsocket;

import com.jamsocket.internal.client.ClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A client for session backends: processes started on demand, one per document, room or user, and reached by a
 * connection URL. It speaks to a Plane cluster, to a Jamsocket API, and to the development servers of both.
 *
 * <p>In a Jakarta EE application inject it ({@code @Inject Jamsocket}); in Java SE make one with {@link #fromEnv()},
 * {@link #dev()} or {@link #builder()}, keep it for as long as the application runs, and close it.
 *
 * <p>Safe for use by many threads. The methods block until the server has answered; {@link #async()} has the same verbs
 * without blocking. Every method throws a {@link JamsocketException} where the server cannot be reached, refuses or is
 * not understood, an {@link IllegalArgumentException} for arguments that no server would take, before anything is sent,
 * an {@link IllegalStateException} on a closed client, and a {@link JamsocketInterruptedException} if the thread is
 * interrupted while it waits.
 */
@DoNotImplement
public interface Jamsocket extends AutoCloseable {

    /**
     * A client set up by the environment variables of this process, as by {@link #fromEnv(Map)}.
     *
     * @throws JamsocketConfigurationException naming every variable that is missing or wrong
     */
    static Jamsocket fromEnv() {
        return fromEnv(System.getenv());
    }

    /**
     * A client set up by the variables {@code JAMSOCKET_ACCOUNT}, {@code JAMSOCKET_TOKEN} and
     * {@code JAMSOCKET_SERVICE}, or {@code JAMSOCKET_PLANE_URL}, or {@code JAMSOCKET_DEV}: {@code true} for a
     * development server on localhost (port 8080, or {@code JAMSOCKET_DEV_PORT}), {@code embedded} for one in this JVM.
     * An empty variable counts as not set. docs/settings.md lists all of them.
     *
     * @throws JamsocketConfigurationException naming every variable that is missing or wrong
     */
    static Jamsocket fromEnv(Map<String, String> env) {
        return ClientBuilder.fromEnv(env).build();
    }

    /** A client for a development server on localhost, port 8080. */
    static Jamsocket dev() {
        return fromEnv(Map.of("JAMSOCKET_DEV", "true"));
    }

    /**
     * A client for a development server on localhost.
     *
     * @throws JamsocketConfigurationException if the port is not from 1 to 65535
     */
    static Jamsocket dev(int port) {
        return builder().dev(port).build();
    }

    /** A builder with the defaults. It reads nothing from its surroundings. */
    static Builder builder() {
        return new ClientBuilder();
    }

    /** A new backend, with the service's defaults: {@link #connect(ConnectRequest)} with nothing set. */
    default ConnectResponse connect() {
        return connect(ConnectRequest.builder().build());
    }

    /**
     * The backend that holds the key, or else a new one, and a connection to it. The backend may still be starting: its
     * connection URL can be handed out at once, the first request to it waits.
     *
     * <p>If the key is held by a backend that is ending, that backend is returned, unless the request asks to
     * {@linkplain ConnectRequest.Builder#waitForEnding(Duration) wait}.
     *
     * @throws KeyUnheldException if no backend holds the key and the request does not allow to start one
     * @throws KeyHeldException if the key is held under another key tag (Plane)
     */
    ConnectResponse connect(ConnectRequest request);

    /**
     * The backend's present state.
     *
     * @throws BackendNotFoundException if the server does not know the backend, or not any more
     */
    BackendState status(String backendId);

    /**
     * Follows a backend to its end. Blocks until the server has confirmed that the backend exists; what follows is told
     * to the listener: each status once and in order, those from before the call included, over as many connections as
     * it takes, and exactly one end.
     *
     * @throws BackendNotFoundException if the server does not know the backend, or not any more
     */
    StatusSubscription statusStream(String backendId, StatusListener listener);

    /**
     * The states of a backend as a reactive stream. Cold: each subscriber has a connection of its own, opened when it
     * subscribes, and receives what {@link #statusStream} would deliver, as fast as it asks for. It completes when the
     * backend has ended or the server has forgotten it, and fails with a {@link JamsocketException} otherwise; closing
     * the client fails it too.
     *
     * <p>Source: Reactive Streams 1.0, rules for publishers.
     */
    Flow.Publisher<BackendState> statusPublisher(String backendId);

    /**
     * Waits until the backend is ready.
     *
     * @return the state {@link BackendState.Ready}
     * @throws BackendEndedException at once when the backend is ending or has ended
     * @throws JamsocketTimeoutException if it is not ready in time
     * @throws BackendNotFoundException if the server does not know the backend, or not any more
     */
    BackendState.Ready awaitReady(String backendId, Duration timeout);

    /**
     * Waits until the backend has ended.
     *
     * @return how it ended, with its last state
     * @throws JamsocketTimeoutException if it has not ended in time
     * @throws BackendNotFoundException if the server does not know the backend, or not any more; also if it forgets the
     *     backend during the wait, so that nobody can tell how it ended
     */
    StreamEnd.Terminated awaitTerminated(String backendId, Duration timeout);

    /**
     * A handle for requests and WebSockets of the application's own to the backend of this request, within a minute:
     * {@link #backend(ConnectRequest, Duration)}.
     */
    default BackendHandle backend(ConnectRequest request) {
        return backend(request, Duration.ofMinutes(1));
    }

    /**
     * A handle for requests and WebSockets of the application's own to the backend of this request. Nothing is sent
     * until it is used; it may be kept for as long as the client. Without a key each handle has a backend of its own.
     *
     * @param limit how long it may take to connect and until the backend is ready, each time it is used and has no
     *     connection
     */
    BackendHandle backend(ConnectRequest request, Duration limit);

    /**
     * Asks to terminate a backend. Returns when the server has taken the request, before the backend has ended.
     *
     * @param kind {@link TerminationKind#SOFT} or {@link TerminationKind#HARD}
     * @throws BackendNotFoundException if the server does not know the backend, or not any more
     */
    void terminate(String backendId, TerminationKind kind);

    /**
     * Pings the server, for a readiness check: once, without retries, for 2 seconds at most. Cheap
     * for the server: on Plane it is the health of the controller; the Jamsocket API and development servers, which
     * have no such thing, are asked for the status of a backend that does not exist, and answer that it does not.
     *
     * @return how long the answer took
     * @throws JamsocketException if the server cannot be reached, is not well, or somebody else answers in its place
     */
    Duration ping();

    /**
     * What the client is doing at this moment. Cheap, asks nobody, and works on a closed client too. An injected client
     * that has not been used is made for it.
     */
    ClientDiagnostics diagnostics();

    /** The same client with methods that do not block. */
    JamsocketAsync async();

    /**
     * Ends every status stream with {@link StreamEnd.Closed} and disposes of what the client holds. An injected client
     * is closed by its container: closing it by hand does nothing. Further calls change nothing.
     */
    @Override
    void close();

    /**
     * Sets up a client. Which server is meant is said by one of {@link #apiUrl(URI)}, {@link #plane(URI)},
     * {@link #dev(int)} and {@link #embedded()}; two of them are refused when the client is built. Without any it is
     * the API at its default address. An API needs {@link #account account, token and service}, the others do not.
     *
     * <p>Defaults: 10 s to connect, 30 s to answer (each call), 5 s for retries, threads of its own (daemons, few),
     * {@link ReconnectPolicy#ofDefaults()}, a silence limit of 45 s, a look at the status every minute.
     *
     * <p>In a container the builder of each injected client is fired as a CDI event, with the qualifier
     * {@code @FromClient}, so that an observer can set it up in code, which wins over settings. Do not build there.
     *
     * <p>Not safe for use by several threads at once.
     */
    @DoNotImplement
    interface Builder {

        /**
         * Use the Jamsocket API at this http or https address, which may have a path. Default
         * {@code https://api.jamsocket.com}.
         */
        Builder apiUrl(URI apiUrl);

        /**
         * What metrics, traces and {@link ClientDiagnostics} call the client. Default: nothing; an injected client has
         * the name that it is injected by.
         */
        Builder name(String name);

        /** The account that owns the service. */
        Builder account(String account);

        /**
         * The API token, sent as a bearer token to the API (or the Plane controller) and nowhere else. One trailing
         * line break, as in a file, and surrounding blanks are stripped; any other character that is not printable
         * ASCII is refused when the client is built.
         */
        Builder token(String token);

        /**
         * A token that changes, for instance one from a file or a vault. The supplier is asked when the token is first
         * needed, by one thread for all calls, and again after a 401, with which the call is retried once. It may
         * block, as request filters do. If it throws, or gives what is no token, the call fails as if the server could
         * not be reached, with a {@link JamsocketConnectionException}, and is retried like that.
         */
        Builder token(Supplier<String> token);

        /** The service whose backends are meant; on Plane the default namespace of keys. */
        Builder service(String service);

        /** Use a development server on this port, 1 to 65535, of localhost. No account, token or service is needed. */
        Builder dev(int port);

        /**
         * Start a development server in this JVM, together with the client, and close it with the client. No account,
         * token or service is needed, but the dependency with the classifier {@code dev}: without it the client is
         * refused when it is built.
         */
        Builder embedded();

        /**
         * What the embedded server starts for each backend, such as {@code node server.js}: split into words as a shell
         * does, but no shell runs it. It listens on the port that {@code PORT} names. Default: backends echo requests.
         */
        Builder devCommand(String command);

        /**
         * Files and folders whose changes have the embedded server end its backends softly, so that the next connect
         * starts the new code. Default: none.
         */
        Builder devWatch(Path... paths);

        /** Use the Plane cluster of this controller, with defaults; see {@link #plane(PlaneSettings)}. */
        default Builder plane(URI controller) {
            return plane(PlaneSettings.builder(controller).build());
        }

        /**
         * Use a Plane cluster, whose controller has an http or https address. No account or service is needed, and a
         * token only where a proxy before the controller asks for one.
         */
        Builder plane(PlaneSettings settings);

        /** How long a connection may take to be made. Default 10 s. */
        Builder connectTimeout(Duration timeout);

        /** How long the server may be silent before it answers a call; streams are not affected. Default 30 s. */
        Builder readTimeout(Duration timeout);

        /**
         * For how long a call is retried where that can help and do no harm: when the server could not be reached
         * or refuses for the moment, and never so that a call starts two backends. Counted from the call. Zero for
         * not at all. Default 5 s.
         */
        Builder retryTime(Duration time);

        /**
         * How long a call may take with all its attempts, counted from the call. Waits have limits of their own.
         * Default: the time to connect, to read and to retry in all, so 45 s.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        Builder callTimeout(Duration timeout);

        /**
         * How many threads may wait for a server that does not answer: a bulkhead. While it has answered nobody for
         * a second, of the blocking calls that have taken longer than that only so many go on; the others, and new
         * ones, fail with a {@link BulkheadFullException}. So an outage does not take the threads of the
         * application. Calls of {@link Jamsocket#async()} and waits do not count. Default 8.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        Builder maxWaitingCalls(int calls);

        /**
         * How many calls of {@link Jamsocket#async()} may be under way at once; more wait for their turn. Waits and
         * streams do not count. On Java 21 and later a call holds no platform thread. Default 64.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        Builder asyncCalls(int calls);

        /**
         * A header for every request, streams included. One trailing line break and surrounding blanks of the value are
         * stripped; any other character that is not printable ASCII is refused when the client is built. So is a name
         * that HTTP does not allow, that belongs to the connection ({@code Host}, {@code Content-Length},
         * {@code Connection}, {@code Expect}, {@code Origin} and their like), or that this client sets itself
         * ({@code Accept}, {@code Accept-Encoding}, {@code Cache-Control}, {@code Content-Type},
         * {@code Last-Event-ID}).
         */
        Builder header(String name, String value);

        /**
         * A header whose value changes, read as a {@linkplain #token(Supplier) token}; after a 401 a stream reconnects
         * with it. It takes the place of a fixed value of that name, and the reverse.
         */
        Builder header(String name, Supplier<String> value);

        /**
         * A Jakarta REST client component (an instance, or a class the implementation can make), such as a
         * {@code ClientRequestFilter}. Request filters apply to the opening of streams too; response filters do not.
         */
        Builder register(Object component);

        /** The keys and certificates for {@code https}. Default: those of the JVM. */
        Builder sslContext(SSLContext sslContext);

        /**
         * The threads for listeners, subscribers, and continuations of non-blocking calls. They are used, never shut
         * down; work that the executor rejects runs on threads of the client's own, so that nothing is lost. What it
         * discards without an exception is lost. Default: eight of the client's own, with the context class loader of
         * the thread that builds it. What only moves bytes and counts time stays on threads of the client's
         * own in any case: it must go on, and dispose of connections, when these are busy or gone.
         */
        Builder executor(Executor executor);

        /** How streams reconnect. */
        Builder reconnectPolicy(ReconnectPolicy policy);

        /**
         * How long a stream may be silent before it reconnects, on servers that are known to send
         * keepalives. Default 45 s.
         */
        Builder silenceLimit(Duration limit);

        /**
         * How often the stream of a backend that is ready compares itself with the status, so that a state which the
         * server did not send is found; a quarter more at random. While a backend starts or ends it is every 5 s, if
         * this is not shorter. Default 1 minute.
         */
        Builder statusCheckInterval(Duration interval);

        /**
         * How many status streams may be opening at once, the question for the status included, be it for the first
         * time or to reconnect; more wait for their turn. While the server refuses connections one of them tries each
         * second, and the others go by what came of it; when it is back they follow, few at first. A server that takes
         * a connection and says nothing holds a place for as long as an attempt of a call may take. Default 256.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        Builder streamOpenings(int openings);

        /**
         * How many backends browsers may watch at once through a {@link com.jamsocket.rest.StatusResource} of this
         * client. Each takes a stream to the server, however many browsers watch it; a browser that would need one more
         * gets 503. Default 1,000.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        Builder maxWatchedBackends(int backends);

        /**
         * The client. With {@link #embedded()} the server is started here.
         *
         * @throws JamsocketConfigurationException naming everything that is missing or wrong
         */
        Jamsocket build();

        /**
         * The control of the Plane cluster of {@link #plane(PlaneSettings)}, reached as the client would reach it.
         *
         * @throws JamsocketConfigurationException if there is none, or naming everything else that is wrong
         */
        PlaneControl buildPlaneControl();
    }
}
