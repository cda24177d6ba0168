package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.cdi.BackendInfo;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.BackendSnapshot;
import com.jamsocket.dev.LaunchRequest;
import com.jamsocket.dev.RecordedRequest;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is built is a value of everything that was built into it. */
class ValuesTest {

    private static final URI ADDRESS = URI.create("http://host.example/");
    private static final ClusterState.Node NODE =
            ClusterState.Node.builder("node").build();
    private static final LaunchRequest LAUNCH = LaunchRequest.builder("b").build();

    /** Builders with as little as they need. */
    private static final List<Supplier<?>> BUILDERS = List.of(
            ConnectRequest::builder,
            SpawnOptions::builder,
            ResourceLimits::builder,
            PlaneOptions::builder,
            () -> PlaneSettings.builder(ADDRESS),
            () -> ConnectResponse.builder()
                    .backendId("b")
                    .token("t")
                    .url(ADDRESS)
                    .statusUrl(ADDRESS),
            () -> BackendState.Terminated.builder(Instant.EPOCH),
            () -> ClusterState.Node.builder("node"),
            () -> ClusterState.Drone.builder(NODE),
            () -> JamsocketApiException.Details.builder(404),
            () -> BackendInfo.builder("b"),
            () -> ClientDiagnostics.builder("http://host.example"),
            () -> LaunchRequest.builder("b"),
            () -> BackendSnapshot.builder(LAUNCH).history(List.of(BackendState.scheduled(Instant.EPOCH))),
            () -> RecordedRequest.builder(Instant.EPOCH, "GET", "/"),
            () -> BackendHandler.Request.builder(LAUNCH));

    /** Something to give to a builder, for each type that builders take. */
    private static final Map<Class<?>, List<?>> SAMPLES = Map.ofEntries(
            Map.entry(String.class, List.of("x1", "y1")),
            Map.entry(boolean.class, List.of(true, false)),
            Map.entry(Boolean.class, List.of(true)),
            Map.entry(int.class, List.of(5)),
            Map.entry(Integer.class, List.of(5)),
            Map.entry(long.class, List.of(5L)),
            Map.entry(Duration.class, List.of(Duration.ofSeconds(7))),
            Map.entry(Instant.class, List.of(Instant.ofEpochSecond(5))),
            Map.entry(URI.class, List.of(URI.create("https://other.example/x1/"))),
            Map.entry(Map.class, List.of(Map.of("x1", "y1"))),
            Map.entry(List.class, List.of(List.of(BackendState.ready(Instant.EPOCH)))),
            Map.entry(byte[].class, List.of(new byte[] {1})),
            Map.entry(
                    ClientDiagnostics.Failure.class,
                    List.of(ClientDiagnostics.Failure.of(Instant.EPOCH, "connect", "x1"))),
            Map.entry(BackendStatus.class, List.of(BackendStatus.READY)),
            Map.entry(TerminationReason.class, List.of(TerminationReason.SWEPT)),
            Map.entry(TerminationKind.class, List.of(TerminationKind.SOFT)),
            Map.entry(PlaneSettings.PullPolicy.class, List.of(PlaneSettings.PullPolicy.ALWAYS)),
            Map.entry(
                    SpawnOptions.class, List.of(SpawnOptions.builder().tag("x1").build())),
            Map.entry(
                    ResourceLimits.class,
                    List.of(ResourceLimits.builder().cpuPeriodPercent(5).build())),
            Map.entry(
                    PlaneOptions.class,
                    List.of(PlaneOptions.builder().pool("x1").build())));

    /** What {@code toString} is silent about: secrets, addresses that hold them, and what belongs to a user. */
    private static final Set<String> HIDDEN = Set.of(
            "ConnectRequest.user",
            "ConnectRequest.auth",
            "ConnectRequest.label",
            "ConnectRequest.labels",
            "BackendInfo.user",
            "BackendInfo.label",
            "BackendInfo.labels",
            "ConnectResponse.token",
            "ConnectResponse.secretToken",
            "ConnectResponse.statusUrl",
            "ConnectResponse.readyUrl",
            "LaunchRequest.fencingToken",
            "RecordedRequest.query",
            "RecordedRequest.headers",
            "RecordedRequest.body",
            "RecordedRequest.refusal",
            "Request.query",
            "Request.headers",
            "Request.body");

    static Stream<Arguments> setters() {
        return BUILDERS.stream().flatMap(builder -> Arrays.stream(
                        builder.get().getClass().getMethods())
                .filter(method -> method.getReturnType() == builder.get().getClass())
                .map(method -> Arguments.of(nameOf(method), builder, method)));
    }

    private static String nameOf(Method setter) {
        return setter.getReturnType().getEnclosingClass().getSimpleName() + "." + setter.getName();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    void eachPartCounts(String name, Supplier<?> builder, Method setter) throws Exception {
        Object plain = build(builder.get());
        int different = 0;
        for (Object[] sample : samples(setter)) {
            Object changed = build(setter.invoke(builder.get(), sample));
            Object same = build(setter.invoke(builder.get(), sample));
            assertThat(changed).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
            if (!changed.equals(plain)) {
                different++;
                assertThat(changed.toString().equals(plain.toString()))
                        .as("hidden in %s", changed)
                        .isEqualTo(HIDDEN.contains(name));
            }
        }
        assertThat(different).isPositive();
        assertThat(plain).isNotEqualTo(null).isNotEqualTo("x1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    void eachPartIsKeptByToBuilder(String name, Supplier<?> builder, Method setter) throws Exception {
        for (Object[] sample : samples(setter)) {
            Object value = build(setter.invoke(builder.get(), sample));
            assertThat(build(value.getClass().getMethod("toBuilder").invoke(value)))
                    .isEqualTo(value);
        }
    }

    private static Object build(Object builder) throws ReflectiveOperationException {
        return builder.getClass().getMethod("build").invoke(builder);
    }

    /** Arguments for a setter; those after the first are texts. */
    private static List<Object[]> samples(Method setter) {
        Class<?>[] types = setter.getParameterTypes();
        return SAMPLES.get(types[0]).stream()
                .map(first -> {
                    Object[] arguments = new Object[types.length];
                    Arrays.setAll(arguments, i -> i == 0 ? first : "z" + i);
                    return arguments;
                })
                .toList();
    }
}
