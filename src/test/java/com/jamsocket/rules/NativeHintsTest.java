package com.jamsocket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A native image has by reflection what it has been told of. What the classes look up is compared with that, as far as
 * a JVM can: by who looks something up, and by whether it is there.
 */
class NativeHintsTest {

    private static final String CLIENT = "META-INF/native-image/com.jamsocket/jamsocket-jakarta/";
    private static final String DEV = "META-INF/native-image/com.jamsocket/jamsocket-jakarta-dev/";

    private static final Set<String> LOOK_UPS = Set.of(
            "forName",
            "getMethod",
            "getDeclaredMethod",
            "getMethods",
            "getDeclaredMethods",
            "getConstructor",
            "getDeclaredConstructor",
            "getField",
            "getDeclaredField",
            "getDeclaredFields",
            "getResource",
            "getResourceAsStream",
            "getRecordComponents",
            "load",
            "loadClass",
            "newProxyInstance");

    private static final Set<String> OWNERS =
            Set.of("java.lang.Class", "java.lang.ClassLoader", "java.lang.reflect.Proxy", "java.util.ServiceLoader");

    private static final JavaClasses PRODUCTION =
            new ClassFileImporter().importLocations(new Production().get(Jamsocket.class));

    /** Who comes in here needs a hint, or a reason to need none. */
    @Test
    void whoLooksSomethingUpIsKnown() {
        Map<String, Set<String>> lookUps = new TreeMap<>();
        for (JavaClass type : PRODUCTION) {
            if (type.getName().startsWith("com.jamsocket.demo.")) {
                continue;
            }
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                if (OWNERS.contains(call.getTargetOwner().getName()) && LOOK_UPS.contains(call.getName())) {
                    lookUps.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                            .add(call.getName());
                }
            }
        }
        assertThat(lookUps)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "VirtualThreads", Set.of("forName", "getMethod"),
                        "JdkHttp", Set.of("getMethod"),
                        "FlightRecording", Set.of("forName"),
                        "Injection", Set.of("forName"),
                        // Of services a native image has all providers by itself.
                        "DevJar", Set.of("load"),
                        "PageModule", Set.of("getResourceAsStream"),
                        "Dashboard", Set.of("getResourceAsStream"),
                        // Tests do not run in a native image.
                        "JamsocketExtension", Set.of("getDeclaredConstructor", "getDeclaredFields")));
    }

    /** JSON-B makes these by their constructors without parameters. */
    @Test
    void whatJsonbMakesIsAmongTheHints() throws Exception {
        Set<String> made = PRODUCTION.stream()
                .flatMap(type -> Stream.of(
                        named(type, JsonbTypeSerializer.class, JsonbTypeSerializer::value),
                        named(type, JsonbTypeDeserializer.class, JsonbTypeDeserializer::value),
                        named(type, JsonbTypeAdapter.class, JsonbTypeAdapter::value)))
                .filter(Objects::nonNull)
                .map(Class::getName)
                .collect(Collectors.toSet());

        assertThat(made).isNotEmpty();
        assertThat(reflected().stream().map(hint -> hint.getString("name"))).containsAll(made);
    }

    private static <A extends Annotation> Class<?> named(
            JavaClass type, Class<A> annotation, Function<A, Class<?>> of) {
        return type.isAnnotatedWith(annotation) ? of.apply(type.getAnnotationOfType(annotation)) : null;
    }

    @Test
    void whatTheHintsNameIsThere() throws Exception {
        assertThat(reflected()).isNotEmpty();
        for (JsonObject hint : reflected()) {
            Class<?> type;
            try {
                type = Class.forName(hint.getString("name"));
            } catch (ClassNotFoundException e) {
                assertThat(hint.getString("name")).as("not in each JDK").startsWith("java.");
                continue;
            }
            for (JsonValue method :
                    hint.getOrDefault("methods", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
                String name = method.asJsonObject().getString("name");
                boolean isThere = name.equals("<init>")
                        ? type.getDeclaredConstructor() != null
                        : Arrays.stream(type.getMethods())
                                .anyMatch(found -> found.getName().equals(name));
                assertThat(isThere || Set.of("ofVirtual", "shutdownNow").contains(name))
                        .as("%s.%s", type, name)
                        .isTrue();
            }
        }
    }

    @Test
    void theResourcesAreThere() throws Exception {
        for (String directory : List.of(CLIENT, DEV)) {
            List<JsonObject> patterns = json(directory + "resource-config.json")
                    .asJsonObject()
                    .getJsonObject("resources")
                    .getJsonArray("includes")
                    .getValuesAs(JsonObject.class);
            assertThat(patterns).isNotEmpty().allSatisfy(pattern -> assertThat(getClass()
                            .getClassLoader()
                            .getResource(pattern.getString("pattern").replaceAll("\\\\[QE]", "")))
                    .isNotNull());
        }
    }

    private static List<JsonObject> reflected() throws IOException {
        return json(CLIENT + "reflect-config.json").asJsonArray().getValuesAs(JsonObject.class);
    }

    private static JsonStructure json(String resource) throws IOException {
        try (InputStream in = NativeHintsTest.class.getClassLoader().getResourceAsStream(resource);
                JsonReader reader = Json.createReader(in)) {
            return reader.read();
        }
    }
}
