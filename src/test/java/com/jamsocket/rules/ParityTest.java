package com.jamsocket.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.JamsocketException;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneControlAsync;
import com.jamsocket.TerminationKind;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ParityTest {

    /** What has no non-blocking form because it does not block. */
    private static final Set<String> BLOCKING_ONLY =
            Set.of("async", "backend", "close", "diagnostics", "statusPublisher");

    @Test
    void theNonBlockingViewHasTheSameVerbsWithTheSameParametersAndResults() {
        assertThatVerbsAreEqual(Jamsocket.class, JamsocketAsync.class);
        assertThatVerbsAreEqual(PlaneControl.class, PlaneControlAsync.class);
    }

    private static void assertThatVerbsAreEqual(Class<?> blockingView, Class<?> nonBlockingView) {
        Map<String, String> blocking = verbs(blockingView, Method::getGenericReturnType);
        BLOCKING_ONLY.forEach(name -> blocking.keySet().removeIf(verb -> verb.startsWith(name + "(")));

        assertThat(verbs(nonBlockingView, ParityTest::resultOfStage)).isEqualTo(blocking);
    }

    /**
     * Each verb on a server that is not there: what the blocking view throws, the other fails with, on the executor.
     */
    @Test
    void bothViewsFailAlikeAndTheNonBlockingOneOnTheExecutor() throws Exception {
        int port = freePort();
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "lent"));
        try (Jamsocket client = Jamsocket.builder()
                        .dev(port)
                        .retryTime(Duration.ZERO)
                        .executor(executor)
                        .build();
                PlaneControl control = Jamsocket.builder()
                        .plane(URI.create("http://localhost:" + port))
                        .retryTime(Duration.ZERO)
                        .executor(executor)
                        .buildPlaneControl()) {
            JamsocketAsync async = client.async();
            assertAlike(client::connect, async::connect);
            assertAlike(() -> client.status("b"), () -> async.status("b"));
            assertAlike(() -> client.statusStream("b", state -> {}), () -> async.statusStream("b", state -> {}));
            assertAlike(
                    () -> client.awaitReady("b", Duration.ofMillis(200)),
                    () -> async.awaitReady("b", Duration.ofMillis(200)));
            assertAlike(
                    () -> client.awaitTerminated("b", Duration.ofMillis(200)),
                    () -> async.awaitTerminated("b", Duration.ofMillis(200)));
            assertAlike(
                    () -> client.terminate("b", TerminationKind.SOFT),
                    () -> async.terminate("b", TerminationKind.SOFT));
            assertAlike(client::ping, async::ping);
            assertAlike(() -> control.clusterState("c"), () -> control.async().clusterState("c"));
            assertAlike(() -> control.drain("c", "d"), () -> control.async().drain("c", "d"));
            assertAlike(() -> control.awaitDrained("c", "d", Duration.ofSeconds(1)), () -> control.async()
                    .awaitDrained("c", "d", Duration.ofSeconds(1)));
            assertAlike(() -> control.revoke("b", "u"), () -> control.async().revoke("b", "u"));
            assertAlike(control::status, () -> control.async().status());
        } finally {
            executor.shutdown();
        }
    }

    private static void assertAlike(ThrowingCallable blocking, Supplier<CompletionStage<?>> nonBlocking)
            throws Exception {
        Throwable thrown = catchThrowable(blocking);
        CompletableFuture<String> told = new CompletableFuture<>();
        nonBlocking
                .get()
                .whenComplete(
                        (value, failure) -> told.complete(Thread.currentThread().getName() + ": " + failure));

        assertThat(thrown).isInstanceOf(JamsocketException.class);
        assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("lent: " + thrown);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> verbs(Class<?> view, java.util.function.Function<Method, Type> result) {
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
