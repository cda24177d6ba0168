package com.jamsocket.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneControlAsync;
import com.jamsocket.StatusListener;
import com.jamsocket.TerminationKind;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both views have the same verbs, and what goes wrong with one is told by the other in the same way. */
class ParityTest {

    /** What has no non-blocking form because it does not block. */
    private static final Set<String> BLOCKING_ONLY =
            Set.of("async", "backend", "close", "diagnostics", "statusPublisher");

    /** What waits for a status, over as many failures as it takes. */
    private static final Set<String> WAITS = Set.of("awaitReady", "awaitTerminated");

    /** An argument for each type that verbs take. */
    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            String.class,
            "b1",
            Duration.class,
            Duration.ofMinutes(1),
            ConnectRequest.class,
            ConnectRequest.builder().build(),
            StatusListener.class,
            (StatusListener) state -> {},
            TerminationKind.class,
            TerminationKind.SOFT);

    /** What no server would take, beside null. */
    private static final Map<Class<?>, Object> WRONG = Map.of(
            String.class, " ",
            Duration.class, Duration.ZERO,
            TerminationKind.class, TerminationKind.UNKNOWN);

    private static final String CALLER = "the caller";
    private static final String EXECUTOR = "lent";
    private static final String CAUSE = "\ncaused by ";

    @Test
    void theNonBlockingViewHasTheSameVerbsWithTheSameParametersAndResults() {
        assertThatVerbsAreEqual(Jamsocket.class, JamsocketAsync.class);
        assertThatVerbsAreEqual(PlaneControl.class, PlaneControlAsync.class);
    }

    private static void assertThatVerbsAreEqual(Class<?> blockingView, Class<?> nonBlockingView) {
        Map<String, String> blocking = signatures(blockingView, Method::getGenericReturnType);
        BLOCKING_ONLY.forEach(name -> blocking.keySet().removeIf(verb -> verb.startsWith(name + "(")));

        assertThat(signatures(nonBlockingView, ParityTest::resultOfStage)).isEqualTo(blocking);
    }

    /** A verb of both views. */
    private record Verb(Method blocking, Method nonBlocking) {

        static Verb of(Class<?> blockingView, Method nonBlocking) {
            try {
                return new Verb(
                        blockingView.getMethod(nonBlocking.getName(), nonBlocking.getParameterTypes()), nonBlocking);
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e);
            }
        }

        /** Arguments that a server would take; a new type needs a line in SAMPLES. */
        Object[] arguments() {
            return Arrays.stream(nonBlocking.getParameterTypes())
                    .map(type -> Objects.requireNonNull(SAMPLES.get(type), () -> "no sample of " + type))
                    .toArray();
        }

        /** Arguments one of which no server would take. */
        List<Object[]> wrongArguments() {
            List<Object[]> all = new ArrayList<>();
            for (int i = 0; i < nonBlocking.getParameterCount(); i++) {
                Object[] withNull = arguments();
                withNull[i] = null;
                all.add(withNull);
                Object wrong = WRONG.get(nonBlocking.getParameterTypes()[i]);
                if (wrong != null) {
                    Object[] withWrong = arguments();
                    withWrong[i] = wrong;
                    all.add(withWrong);
                }
            }
            return all;
        }

        @Override
        public String toString() {
            return nonBlocking.getDeclaringClass().getSimpleName() + "." + nonBlocking.getName();
        }
    }

    static Stream<Verb> verbs() {
        return Stream.concat(
                instanceMethods(JamsocketAsync.class).map(method -> Verb.of(Jamsocket.class, method)),
                instanceMethods(PlaneControlAsync.class).map(method -> Verb.of(PlaneControl.class, method)));
    }

    /** How a server fails a call. */
    private enum Cause {
        UNREACHABLE(true, null),
        FORBIDDEN(false, exchange -> answer(exchange, 403, "{}")),
        UNKNOWN(true, exchange -> answer(exchange, 404, "{}")),
        UNAVAILABLE(true, exchange -> answer(exchange, 503, "{}")),
        NO_JSON(true, exchange -> answer(exchange, 200, "<html>")),
        HANGS_UP(true, exchange -> {});

        private final boolean mayPass;
        private final Answer answer;

        /**
         * How it does so.
         *
         * @param mayPass whether a wait for a status goes on, until its time is over
         */
        Cause(boolean mayPass, Answer answer) {
            this.mayPass = mayPass;
            this.answer = answer;
        }

        Object[] arguments(Verb verb) {
            boolean timesOut = mayPass && WAITS.contains(verb.blocking().getName());
            return Arrays.stream(verb.arguments())
                    .map(argument -> timesOut && argument instanceof Duration ? Duration.ofMillis(200) : argument)
                    .toArray();
        }

        Views views() throws IOException {
            Views views = new Views(answer == null ? exchange -> {} : answer);
            if (answer == null) {
                views.server.stop(0);
            }
            return views;
        }

        private static void answer(HttpExchange exchange, int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    static Stream<Arguments> causesAndVerbs() {
        return Stream.of(Cause.values()).flatMap(cause -> verbs().map(verb -> Arguments.of(cause, verb)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("causesAndVerbs")
    void bothViewsFailAlikeAndTheNonBlockingOneOnTheExecutor(Cause cause, Verb verb) throws Exception {
        try (Views views = cause.views()) {
            String blocking = views.block(verb, cause.arguments(verb));

            assertThat(blocking).matches("(com\\.jamsocket\\.\\w+Exception: |(true|false)$)(?s:.*)");
            assertThat(views.tell(verb, cause.arguments(verb)).get(10, TimeUnit.SECONDS))
                    .isEqualTo(new Told(blocking, EXECUTOR));
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void bothViewsRefuseArgumentsAlikeInTheCallItself(Verb verb) throws Exception {
        try (Views views = Cause.UNREACHABLE.views()) {
            for (Object[] arguments : verb.wrongArguments()) {
                String blocking = views.block(verb, arguments);

                assertThat(blocking)
                        .as("%s%s", verb, Arrays.toString(arguments))
                        .matches("java\\.lang\\.(IllegalArgument|NullPointer)Exception: (?s:.+)");
                assertThat(views.tell(verb, arguments).get(10, TimeUnit.SECONDS))
                        .as("%s%s", verb, Arrays.toString(arguments))
                        .isEqualTo(new Told(blocking, CALLER));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void bothViewsOfAClosedClientRefuseAlikeInTheCallItself(Verb verb) throws Exception {
        Views views = Cause.UNREACHABLE.views();
        views.close();
        String blocking = views.block(verb, verb.arguments());

        assertThat(blocking).startsWith("java.lang.IllegalStateException: ");
        assertThat(views.tell(verb, verb.arguments()).get(10, TimeUnit.SECONDS)).isEqualTo(new Told(blocking, CALLER));
    }

    /**
     * What depends on the pending stage runs where it always does, before the server answers. A blocking call may be in
     * an exchange of its own, which ends with the answer.
     */
    @ParameterizedTest
    @MethodSource("verbs")
    void bothViewsFailAlikeWhenTheirClientIsClosedAndTheNonBlockingOneOnTheExecutor(Verb verb) throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (Views views = new Views(exchange -> {
            arrived.countDown();
            over.await();
        })) {
            CompletableFuture<String> blocking =
                    CompletableFuture.supplyAsync(() -> views.block(verb, verb.arguments()), caller);
            CompletableFuture<Told> nonBlocking = views.tell(verb, verb.arguments());
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            views.closeClients();

            Told told = nonBlocking.get(10, TimeUnit.SECONDS);
            assertThat(told.thread()).isEqualTo(EXECUTOR);
            assertThat(told.outcome()).startsWith("java.lang.IllegalStateException: ");
            over.countDown();
            assertThat(blocking.get(10, TimeUnit.SECONDS).split(CAUSE, 2)[0]).isEqualTo(told.outcome());
        } finally {
            over.countDown();
            caller.shutdown();
        }
    }

    /** What came of a call, and the thread on which that was told. */
    private record Told(String outcome, String thread) {}

    private interface Answer {
        void send(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** A client and a control in both views, of a server that answers everything in one way. */
    private static final class Views implements AutoCloseable {

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, EXECUTOR));
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final Jamsocket client;
        private final PlaneControl control;

        Views(Answer answer) throws IOException {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                try (exchange) {
                    answer.send(exchange);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
            int port = server.getAddress().getPort();
            client = Jamsocket.builder()
                    .dev(port)
                    .retryTime(Duration.ZERO)
                    .executor(executor)
                    .build();
            control = Jamsocket.builder()
                    .plane(URI.create("http://localhost:" + port))
                    .retryTime(Duration.ZERO)
                    .executor(executor)
                    .buildPlaneControl();
        }

        String block(Verb verb, Object... arguments) {
            Object view = verb.blocking().getDeclaringClass() == Jamsocket.class ? client : control;
            try {
                return String.valueOf(verb.blocking().invoke(view, arguments));
            } catch (InvocationTargetException e) {
                return describe(e.getCause());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        CompletableFuture<Told> tell(Verb verb, Object... arguments) throws IllegalAccessException {
            Object view = verb.blocking().getDeclaringClass() == Jamsocket.class ? client.async() : control.async();
            CompletableFuture<Told> told = new CompletableFuture<>();
            try {
                var unused = ((CompletionStage<?>) verb.nonBlocking().invoke(view, arguments))
                        .whenComplete((value, failure) -> told.complete(new Told(
                                failure == null ? String.valueOf(value) : describe(failure),
                                Thread.currentThread().getName())));
            } catch (InvocationTargetException e) {
                told.complete(new Told(describe(e.getCause()), CALLER));
            }
            return told;
        }

        void closeClients() {
            client.close();
            control.close();
        }

        @Override
        public void close() {
            closeClients();
            server.stop(0);
            threads.shutdownNow();
            executor.shutdown();
        }
    }

    /** Everything that a failure says of itself, but where it happened. */
    private static String describe(Throwable failure) {
        return failure
                + Arrays.stream(failure.getClass().getMethods())
                        .filter(method -> method.getDeclaringClass().getName().startsWith("com.jamsocket."))
                        .filter(method -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
                        .sorted(Comparator.comparing(Method::getName))
                        .map(method -> "\n" + method.getName() + ": " + valueOf(method, failure))
                        .collect(joining())
                // Whether the server had been asked when a wait was over is a matter of chance.
                + (failure.getCause() == null || failure instanceof JamsocketTimeoutException
                        ? ""
                        : CAUSE + failure.getCause());
    }

    private static Object valueOf(Method method, Throwable failure) {
        try {
            return method.invoke(failure);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Map<String, String> signatures(Class<?> view, Function<Method, Type> result) {
        return instanceMethods(view)
                .collect(Collectors.toMap(
                        method -> method.getName()
                                + Arrays.toString(method.getGenericParameterTypes())
                                        .replace('[', '(')
                                        .replace(']', ')'),
                        method -> boxed(result.apply(method)),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Stream<Method> instanceMethods(Class<?> view) {
        return Arrays.stream(view.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic());
    }

    private static Type resultOfStage(Method method) {
        ParameterizedType stage = (ParameterizedType) method.getGenericReturnType();
        assertThat(stage.getRawType()).isEqualTo(CompletionStage.class);
        return stage.getActualTypeArguments()[0];
    }

    private static String boxed(Type type) {
        return type instanceof Class<?> plain
                ? MethodType.methodType(plain).wrap().returnType().getTypeName()
                : type.getTypeName();
    }
}
